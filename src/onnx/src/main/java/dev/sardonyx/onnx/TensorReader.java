package dev.sardonyx.onnx;

import com.google.protobuf.ByteString;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Tensors out of files. Nothing is allocated before the file is known to hold the data. */
final class TensorReader {
  /** The field that holds a tensor's elements. */
  private enum Field {
    RAW_DATA,
    FLOAT_DATA,
    DOUBLE_DATA,
    INT32_DATA,
    INT64_DATA,
    UINT64_DATA,
    STRING_DATA;

    /** As the standard writes it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Source source;
  private final String place;
  private final TensorProto proto;
  private final ElementType element;
  private final long[] dims;

  private TensorReader(TensorProto proto, Source source, String place) {
    this.source = source;
    this.place = place;
    this.proto = proto;
    this.element = new Types(source, place).element(proto.getDataType());
    this.dims = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
  }

  static Tensor read(TensorProto proto, Source source, String place) {
    if (proto.hasSegment()) {
      throw source.refuse(
          "ONNX-006",
          place,
          "the tensor is stored in segments, which is not supported",
          "segment: %s to %s".formatted(proto.getSegment().getBegin(), proto.getSegment().getEnd()),
          "store the tensor in one piece");
    }
    return new TensorReader(proto, source, place).read();
  }

  private Tensor read() {
    long count = count();
    if (ExternalData.isExternal(proto)) {
      return external(count);
    }
    Field field = present();
    return switch (field) {
      case RAW_DATA -> raw(count);
      case STRING_DATA -> strings(count);
      default -> typed(field, count);
    };
  }

  private Tensor external(long count) {
    if (Arrays.stream(Field.values()).anyMatch(field -> entries(field) > 0)) {
      throw refuse("the elements are given twice, here and in another file", "keep one of the two");
    }
    return ExternalData.read(proto, element, dims, element.bytesFor(count), source, place);
  }

  /** The number of elements, of which the dimensions and the bytes must be representable. */
  private long count() {
    long count = 1;
    try {
      for (long dim : dims) {
        if (dim < 0) {
          throw refuse("a dimension is negative", "dimensions of data are 0 or more");
        }
        count = Math.multiplyExact(count, dim);
      }
      element.bytesFor(count);
      return count;
    } catch (ArithmeticException e) {
      throw refuse("the dimensions' product overflows 64 bits", "correct the tensor's shape");
    }
  }

  /** The one field that has data; the type's own one where there are no elements. */
  private Field present() {
    List<Field> present =
        Arrays.stream(Field.values()).filter(field -> entries(field) > 0).toList();
    if (present.size() > 1) {
      throw refuse(
          "the elements are given twice, in " + present.get(0) + " and " + present.get(1),
          "keep the field that holds the data");
    }
    if (present.isEmpty()) {
      return typedField();
    }
    boolean fits =
        present.get(0) == typedField()
            || present.get(0) == Field.RAW_DATA && element != ElementType.STRING;
    if (!fits) {
      throw refuse(
          "elements of type %s cannot lie in %s".formatted(element, present.get(0)),
          "they belong in " + typedField());
    }
    return present.get(0);
  }

  private Field typedField() {
    return switch (element) {
      case FLOAT32, COMPLEX64 -> Field.FLOAT_DATA;
      case FLOAT64, COMPLEX128 -> Field.DOUBLE_DATA;
      case INT64 -> Field.INT64_DATA;
      case UINT32, UINT64 -> Field.UINT64_DATA;
      case STRING -> Field.STRING_DATA;
      default -> Field.INT32_DATA;
    };
  }

  private int entries(Field field) {
    return switch (field) {
      case RAW_DATA -> proto.getRawData().size();
      case FLOAT_DATA -> proto.getFloatDataCount();
      case DOUBLE_DATA -> proto.getDoubleDataCount();
      case INT32_DATA -> proto.getInt32DataCount();
      case INT64_DATA -> proto.getInt64DataCount();
      case UINT64_DATA -> proto.getUint64DataCount();
      case STRING_DATA -> proto.getStringDataCount();
    };
  }

  private void require(Field field, long expected) {
    if (entries(field) != expected) {
      String unit = field == Field.RAW_DATA ? "bytes" : "entries";
      throw refuse(
          "the tensor needs %s %s of %s, got %s".formatted(expected, unit, field, entries(field)),
          "the file is damaged, or its writer was wrong");
    }
  }

  private Tensor raw(long count) {
    require(Field.RAW_DATA, element.bytesFor(count));
    return Tensor.wrap(element, dims, proto.getRawData().asReadOnlyByteBuffer());
  }

  private Tensor strings(long count) {
    require(Field.STRING_DATA, count);
    List<ByteString> texts = proto.getStringDataList();
    return Tensor.ofStrings(texts.stream().map(t -> source.text(t, place)).toList(), texts.size())
        .reshape(dims);
  }

  private Tensor typed(Field field, long count) {
    require(field, entriesFor(count));
    ByteBuffer data = Tensor.allocate(element, dims);
    int n = entries(field);
    for (int i = 0; i < n; i++) {
      switch (field) {
        case FLOAT_DATA -> data.putFloat(proto.getFloatData(i));
        case DOUBLE_DATA -> data.putDouble(proto.getDoubleData(i));
        case INT64_DATA -> data.putLong(proto.getInt64Data(i));
        case UINT64_DATA -> unsigned(data, proto.getUint64Data(i));
        default -> narrow(data, proto.getInt32Data(i));
      }
    }
    return Tensor.wrap(element, dims, data.flip());
  }

  /** Complex numbers take two entries, packed types have several elements in one. */
  private long entriesFor(long count) {
    return switch (element) {
      case COMPLEX64, COMPLEX128 -> 2 * count;
      default -> element.bits() < 8 ? element.bytesFor(count) : count;
    };
  }

  private void unsigned(ByteBuffer data, long value) {
    if (element == ElementType.UINT64) {
      data.putLong(value);
    } else {
      checkRange(value, 0, 0xFFFF_FFFFL);
      data.putInt((int) value);
    }
  }

  /** One entry of int32_data: an integer, or the bits of a narrow float or of packed elements. */
  private void narrow(ByteBuffer data, int value) {
    int bits = Math.max(8, element.bits());
    long half = 1L << bits - 1;
    if (element == ElementType.BOOL) {
      checkRange(value, 0, 1);
    } else if (element.isInteger() && element.bits() >= 8) {
      checkRange(
          value, element.isUnsigned() ? 0 : -half, element.isUnsigned() ? 2 * half - 1 : half - 1);
    } else {
      checkRange(value, -half, 2 * half - 1);
    }
    switch (bits) {
      case 8 -> data.put((byte) value);
      case 16 -> data.putShort((short) value);
      default -> data.putInt(value);
    }
  }

  private void checkRange(long value, long min, long max) {
    if (value < min || value > max) {
      throw refuse(
          "the entry %s is no %s".formatted(value, element),
          "entries lie between %s and %s".formatted(min, max));
    }
  }

  private DiagnosticException refuse(String message, String help) {
    String shape = Source.shown(Arrays.toString(dims));
    return source.refuse("ONNX-008", place, message, "tensor: " + element + shape, help);
  }
}
