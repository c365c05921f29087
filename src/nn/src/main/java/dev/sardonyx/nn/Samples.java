package dev.sardonyx.nn;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The user's data, as a model takes it. The first axis counts samples. */
final class Samples {
  private Samples() {}

  /**
   * The data converted to {@code types}; refused where number, shape or sample counts are wrong.
   */
  static List<Tensor> adapt(
      String what, List<String> names, List<TensorType> types, List<Tensor> data) {
    if (data.size() != types.size()) {
      throw refuse(
          "NN-070",
          "the model takes %s %ss, got %s".formatted(types.size(), what, data.size()),
          "%ss: %s".formatted(what, names),
          "give one tensor for each of these");
    }
    List<Tensor> adapted = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      adapted.add(adapt(what + " " + names.get(i), types.get(i), data.get(i)));
    }
    return adapted;
  }

  private static Tensor adapt(String what, TensorType type, Tensor data) {
    Tensor shaped = fitShape(what, type, data);
    return shaped.element() == type.element() ? shaped : convert(what, type.element(), shaped);
  }

  /** A column of one and a vector of the same length are the same data. */
  private static Tensor fitShape(String what, TensorType type, Tensor data) {
    List<Dim> wanted = type.shape().dims();
    long[] dims = data.dims();
    if (dims.length == wanted.size() - 1 && dims.length > 0 && wanted.get(dims.length).is(1)) {
      long[] column = Arrays.copyOf(dims, dims.length + 1);
      column[dims.length] = 1;
      return fitShape(what, type, data.reshape(column));
    }
    if (dims.length == wanted.size() + 1 && dims[dims.length - 1] == 1) {
      return fitShape(what, type, data.reshape(Arrays.copyOf(dims, dims.length - 1)));
    }
    boolean fits = dims.length == wanted.size();
    for (int i = 0; fits && i < dims.length; i++) {
      fits = !wanted.get(i).isFixed() || wanted.get(i).value() == dims[i];
    }
    if (!fits) {
      throw refuse(
          "NN-071",
          "%s needs the shape %s, got %s".formatted(what, type.shape(), Shape.of(dims)),
          "%s: %s".formatted(what, data.type()),
          "the first axis counts samples; the others must be those of the model's Input or output");
    }
    return data;
  }

  private static Tensor convert(String what, ElementType element, Tensor data) {
    if (!data.element().isNumeric() && data.element() != ElementType.BOOL) {
      throw refuse(
          "NN-072",
          "%s needs %s, got %s".formatted(what, element, data.element()),
          "%s: %s".formatted(what, data.type()),
          "turn the data into numbers first");
    }
    return Tensor.from(element, data.toDoubleArray(), data.dims());
  }

  /** The number of samples, which all of {@code data} must agree on. */
  static long count(List<Tensor> data) {
    long rows = data.get(0).dims()[0];
    for (Tensor tensor : data) {
      if (tensor.dims()[0] != rows) {
        throw refuse(
            "NN-073",
            "the data have different numbers of samples: %s and %s"
                .formatted(rows, tensor.dims()[0]),
            data.toString(),
            "x, y and sample weights need one row for every sample");
      }
    }
    return rows;
  }

  /** The rows {@code order[from]} to {@code order[to - 1]}. */
  static Tensor gather(Tensor data, int[] order, int from, int to) {
    long[] dims = data.dims();
    int rows = (int) dims[0];
    dims[0] = to - from;
    if (data.element() == ElementType.STRING) {
      throw new IllegalArgumentException("strings are no training data");
    }
    ByteBuffer source = data.bytes();
    ByteBuffer target = Tensor.allocate(data.element(), dims);
    int rowBytes = rows == 0 ? 0 : source.remaining() / rows;
    for (int i = from; i < to; i++) {
      target.put((i - from) * rowBytes, source, order[i] * rowBytes, rowBytes);
    }
    return Tensor.wrap(data.element(), dims, target);
  }

  /** Parts put one behind the other along the first axis. */
  static Tensor concat(List<Tensor> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    long[] dims = parts.get(0).dims();
    if (dims.length == 0) {
      throw refuse(
          "NN-074",
          "an output without a batch axis cannot be predicted in several batches",
          "output: " + parts.get(0).type(),
          "give a batch size that holds all samples");
    }
    dims[0] = parts.stream().mapToLong(t -> t.dims()[0]).sum();
    ByteBuffer all = Tensor.allocate(parts.get(0).element(), dims);
    parts.forEach(part -> all.put(part.bytes()));
    return Tensor.wrap(parts.get(0).element(), dims, all.flip());
  }

  private static DiagnosticException refuse(
      String code, String message, String received, String help) {
    return new Diagnostic(code, message, Location.current(), received, help).exception();
  }
}
