package dev.sardonyx.onnx;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import dev.sardonyx.proto.TensorShapeProto;
import dev.sardonyx.proto.TypeProto;
import java.util.ArrayList;
import java.util.List;

/** Types to and from files. */
final class Types {
  /** What is longer is taken for a name, so that hostile expressions stay cheap. */
  private static final int MAX_EXPRESSION = 1000;

  private final Source source;
  private final String place;

  Types(Source source, String place) {
    this.source = source;
    this.place = place;
  }

  static TypeProto write(Type type) {
    TypeProto.Builder out = TypeProto.newBuilder();
    if (type instanceof TensorType tensor) {
      TypeProto.Tensor.Builder inside = out.getTensorTypeBuilder();
      inside.setElemType(tensor.element().code());
      if (tensor.shape().isRanked()) {
        inside.setShape(write(tensor.shape()));
      }
    } else if (type instanceof Type.Sequence sequence) {
      out.getSequenceTypeBuilder().setElemType(write(sequence.element()));
    } else if (type instanceof Type.Optional optional) {
      out.getOptionalTypeBuilder().setElemType(write(optional.element()));
    } else if (type instanceof Type.Map map) {
      out.getMapTypeBuilder().setKeyType(map.key().code()).setValueType(write(map.value()));
    }
    return out.build();
  }

  private static TensorShapeProto write(Shape shape) {
    TensorShapeProto.Builder out = TensorShapeProto.newBuilder();
    for (Dim dim : shape.dims()) {
      TensorShapeProto.Dimension.Builder one = out.addDimBuilder();
      if (dim.isFixed()) {
        one.setDimValue(dim.value());
      } else if (!dim.isUnknown()) {
        one.setDimParam(symbol(dim));
      }
    }
    return out.build();
  }

  /** A name as it is, unless that would read as an expression. */
  private static String symbol(Dim dim) {
    String name = dim.symbolName();
    return name != null && symbolic(name).equals(dim) ? name : dim.toString();
  }

  Type read(TypeProto type) {
    return switch (type.getValueCase()) {
      case TENSOR_TYPE -> tensor(type.getTensorType());
      case SEQUENCE_TYPE -> new Type.Sequence(read(type.getSequenceType().getElemType()));
      case OPTIONAL_TYPE -> new Type.Optional(read(type.getOptionalType().getElemType()));
      case MAP_TYPE ->
          new Type.Map(
              element(type.getMapType().getKeyType()), read(type.getMapType().getValueType()));
      case SPARSE_TENSOR_TYPE, OPAQUE_TYPE ->
          throw source.refuse(
              "ONNX-006",
              place,
              "sparse and opaque types are not supported",
              "type: " + type.getValueCase(),
              "use dense tensors");
      case VALUE_NOT_SET ->
          throw source.refuse(
              "ONNX-010",
              place,
              "the type is missing",
              "type: none",
              "a model states the types of its inputs");
    };
  }

  private TensorType tensor(TypeProto.Tensor tensor) {
    ElementType element = element(tensor.getElemType());
    if (!tensor.hasShape()) {
      return new TensorType(element, Shape.UNRANKED);
    }
    List<Dim> dims = new ArrayList<>();
    for (TensorShapeProto.Dimension dim : tensor.getShape().getDimList()) {
      dims.add(
          switch (dim.getValueCase()) {
            case DIM_VALUE -> fixed(dim.getDimValue());
            case DIM_PARAM -> symbolic(source.text(dim.getDimParamBytes(), place));
            case VALUE_NOT_SET -> Dim.UNKNOWN;
          });
    }
    return new TensorType(element, Shape.of(dims));
  }

  /** -1 is how some exporters write an unknown dimension. */
  private Dim fixed(long value) {
    if (value < -1) {
      throw source.refuse(
          "ONNX-010",
          place,
          "a dimension is negative",
          "dimension: " + value,
          "dimensions are 0 or more");
    }
    return value < 0 ? Dim.UNKNOWN : Dim.of(value);
  }

  /** An expression where it is one, else a name, whatever characters it has. */
  private static Dim symbolic(String text) {
    if (text.isEmpty()) {
      return Dim.UNKNOWN;
    }
    Dim dim = text.length() > MAX_EXPRESSION ? Dim.UNKNOWN : Dim.parse(text);
    return dim.isUnknown() ? Dim.symbol(text) : dim;
  }

  ElementType element(int code) {
    try {
      return ElementType.ofCode(code);
    } catch (IllegalArgumentException e) {
      throw source.refuse(
          "ONNX-010",
          place,
          "the element type is not one that we know",
          "element type: " + code,
          "element types are 1 (float32) to 26 (int2)");
    }
  }
}
