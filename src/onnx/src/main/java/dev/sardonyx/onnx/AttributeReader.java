package dev.sardonyx.onnx;

import com.google.protobuf.ByteString;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.proto.AttributeProto;
import dev.sardonyx.proto.AttributeProto.AttributeType;
import dev.sardonyx.proto.NodeProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes of one node, out of a file. */
final class AttributeReader {
  private final Context context;
  private final Source source;
  private final String place;

  AttributeReader(Context context, String place) {
    this.context = context;
    this.source = context.source();
    this.place = place;
  }

  /**
   * Values in ONNX's form: Long, Float, String, Tensor, Type, a list of one of the first three, or
   * a graph as it stands in the file.
   */
  Map<String, Object> read(NodeProto node) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      String name = source.text(attribute.getNameBytes(), place);
      AttributeProto given = resolved(attribute);
      if (given != null && values.put(name, value(given)) != null) {
        throw refuse(attribute, "ONNX-009", "is given twice", "keep one of the two");
      }
    }
    return values;
  }

  /** What an attribute of a function's node refers to; null if the call leaves that out. */
  @Nullable AttributeProto resolved(AttributeProto attribute) {
    if (attribute.getRefAttrName().isEmpty()) {
      return attribute;
    }
    Map<String, AttributeProto> arguments = context.arguments();
    if (arguments == null) {
      throw refuse(
          attribute,
          "ONNX-009",
          "refers to an attribute of a function and is in none",
          "give it a value");
    }
    return arguments.get(attribute.getRefAttrName());
  }

  private Object value(AttributeProto a) {
    return switch (typeOf(a)) {
      case FLOAT -> a.getF();
      case INT -> a.getI();
      case STRING -> source.text(a.getS(), place);
      case TENSOR -> TensorReader.read(a.getT(), source, place);
      case FLOATS -> List.copyOf(a.getFloatsList());
      case INTS -> List.copyOf(a.getIntsList());
      case STRINGS -> strings(a.getStringsList());
      case GRAPH -> a.getG();
      case TYPE_PROTO -> new Types(source, place).read(a.getTp());
      case SPARSE_TENSOR -> SparseReader.read(a.getSparseTensor(), context, place);
      case TENSORS, GRAPHS, TYPE_PROTOS, SPARSE_TENSORS ->
          throw refuse(
              a,
              "ONNX-006",
              "holds " + a.getType() + ", which no supported operator takes",
              "replace the operator");
      case UNDEFINED ->
          throw refuse(a, "ONNX-009", "has no value", "an attribute has a type and a value");
    };
  }

  private List<String> strings(List<ByteString> texts) {
    return texts.stream().map(t -> source.text(t, place)).toList();
  }

  /** The stated type; of the oldest files, which state none, that of the field which is set. */
  private static AttributeType typeOf(AttributeProto a) {
    if (a.getType() != AttributeType.UNDEFINED) {
      return a.getType();
    }
    if (a.hasF()) {
      return AttributeType.FLOAT;
    }
    if (a.hasI()) {
      return AttributeType.INT;
    }
    if (a.hasS()) {
      return AttributeType.STRING;
    }
    if (a.hasT()) {
      return AttributeType.TENSOR;
    }
    if (a.hasG()) {
      return AttributeType.GRAPH;
    }
    if (a.hasTp()) {
      return AttributeType.TYPE_PROTO;
    }
    if (a.hasSparseTensor()) {
      return AttributeType.SPARSE_TENSOR;
    }
    if (a.getFloatsCount() > 0) {
      return AttributeType.FLOATS;
    }
    if (a.getIntsCount() > 0) {
      return AttributeType.INTS;
    }
    return a.getStringsCount() > 0 ? AttributeType.STRINGS : AttributeType.UNDEFINED;
  }

  private DiagnosticException refuse(
      AttributeProto attribute, String code, String message, String help) {
    String name = Source.shown(attribute.getName());
    return source.refuse(
        code, place, "attribute " + name + " " + message, "attribute: " + name, help);
  }
}
