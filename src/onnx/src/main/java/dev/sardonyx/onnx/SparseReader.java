package dev.sardonyx.onnx;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.proto.SparseTensorProto;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/** Sparse tensors out of files, made dense: a few bytes can mean many, so that has a limit. */
final class SparseReader {
  private final Context context;
  private final String place;
  private final long[] dims;
  private final Tensor values;
  private final Tensor indices;

  private SparseReader(SparseTensorProto proto, Context context, String place) {
    this.context = context;
    this.place = place;
    this.dims = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
    this.values = TensorReader.read(proto.getValues(), context.source(), place);
    this.indices = TensorReader.read(proto.getIndices(), context.source(), place);
  }

  static Tensor read(SparseTensorProto proto, Context context, String place) {
    return new SparseReader(proto, context, place).read();
  }

  private Tensor read() {
    ElementType element = values.element();
    if (element == ElementType.STRING || element.bits() < 8) {
      throw refuse(
          "ONNX-006", "sparse tensors of " + element + " are not supported", "store it densely");
    }
    long stored = values.size();
    boolean linear = indices.shape().rank() == 1;
    boolean fits =
        values.shape().rank() == 1
            && indices.element() == ElementType.INT64
            && (linear || indices.shape().rank() == 2 && indices.dims()[1] == dims.length)
            && indices.dims()[0] == stored;
    if (!fits) {
      throw refuse(
          "ONNX-008",
          "the values and indices of a sparse tensor do not belong together",
          "n values have n indices into all elements, or n rows of one index for each axis");
    }
    long size = size();
    ByteBuffer dense = Tensor.allocate(element, dims);
    ByteBuffer from = values.bytes();
    int bytes = element.bits() / 8;
    LongBuffer numbers = indices.longs();
    long last = -1;
    for (int i = 0; i < stored; i++) {
      long at = linear ? numbers.get(i) : position(numbers, i);
      if (at <= last || at >= size) {
        throw refuse(
            "ONNX-008",
            "an index of a sparse tensor is out of range, or not greater than the one before",
            "indices are sorted, and none stands twice");
      }
      dense.put((int) at * bytes, from, i * bytes, bytes);
      last = at;
    }
    return Tensor.wrap(element, dims, dense);
  }

  /** The number of elements, when there is room for them. */
  private long size() {
    long limit = Math.min(context.limits().denseBytes(), Integer.MAX_VALUE - 8L);
    long size = 1;
    for (long dim : dims) {
      if (dim < 0) {
        throw refuse("ONNX-008", "a dimension is negative", "dimensions of data are 0 or more");
      }
    }
    boolean empty = Arrays.stream(dims).anyMatch(d -> d == 0);
    for (long dim : dims) {
      if (!empty && size > limit / dim) {
        size = Long.MAX_VALUE;
        break;
      }
      size *= dim;
    }
    if (size > limit
        || context.work().dense(values.element().bytesFor(size)) > context.limits().denseBytes()
        || values.element().bytesFor(size) > limit) {
      throw refuse(
          "ONNX-033",
          "the model's sparse tensors would take more than %s bytes when they are dense"
              .formatted(limit),
          "Limits.withDenseBytes allows more");
    }
    return size;
  }

  /** The index into all elements that row {@code i} of indices means; negative if none. */
  private long position(LongBuffer numbers, int i) {
    long at = 0;
    for (int axis = 0; axis < dims.length; axis++) {
      long index = numbers.get(i * dims.length + axis);
      if (index < 0 || index >= dims[axis]) {
        return -1;
      }
      at = at * dims[axis] + index;
    }
    return at;
  }

  private DiagnosticException refuse(String code, String message, String help) {
    return context
        .source()
        .refuse(
            code,
            place,
            message,
            "values: %s   indices: %s   dims: %s"
                .formatted(values.type(), indices.type(), Source.shown(Arrays.toString(dims))),
            help);
  }
}
