package dev.sardonyx.onnx;

import com.google.protobuf.ByteString;
import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.OpAttribute;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.Type;
import dev.sardonyx.proto.AttributeProto;
import dev.sardonyx.proto.AttributeProto.AttributeType;
import dev.sardonyx.proto.GraphProto;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Attributes into files; those at their defaults are left out. */
final class AttributeWriter {
  private AttributeWriter() {}

  /**
   * The attributes of a node in this form.
   *
   * @param graphs writes a body
   */
  static List<AttributeProto> write(WrittenNode form, Function<Body, GraphProto> graphs) {
    List<AttributeProto> out = new ArrayList<>();
    Location at = form.node().at();
    form.attributes()
        .forEach(
            (name, value) ->
                out.add(
                    value instanceof Body body
                        ? graph(name, graphs.apply(body))
                        : write(name, value, form.schema(), at)));
    return out;
  }

  private static AttributeProto graph(String name, GraphProto graph) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.GRAPH)
        .setG(graph)
        .build();
  }

  private static AttributeProto write(String name, Object value, OpSchema schema, Location at) {
    AttributeProto.Builder out = AttributeProto.newBuilder().setName(name);
    if (value instanceof Long number) {
      out.setType(AttributeType.INT).setI(number);
    } else if (value instanceof Float number) {
      out.setType(AttributeType.FLOAT).setF(number);
    } else if (value instanceof String text) {
      out.setType(AttributeType.STRING).setS(utf8(text, at));
    } else if (value instanceof Tensor tensor) {
      out.setType(AttributeType.TENSOR).setT(TensorWriter.write(tensor, at));
    } else if (value instanceof Type type) {
      out.setType(AttributeType.TYPE_PROTO).setTp(Types.write(type));
    } else if (value instanceof List<?> list) {
      list(out, list.isEmpty() ? elementOf(name, schema) : list.get(0).getClass(), list, at);
    } else {
      throw new IllegalStateException(name + " has a value of " + value.getClass());
    }
    return out.build();
  }

  private static Class<?> elementOf(String name, OpSchema schema) {
    return schema.attributes().stream()
        .filter(a -> a.name().equals(name))
        .map(OpAttribute::listElement)
        .findFirst()
        .orElseThrow();
  }

  private static void list(
      AttributeProto.Builder out, Class<?> element, List<?> values, Location at) {
    if (element == Long.class) {
      out.setType(AttributeType.INTS);
      values.forEach(v -> out.addInts((Long) v));
    } else if (element == Float.class) {
      out.setType(AttributeType.FLOATS);
      values.forEach(v -> out.addFloats((Float) v));
    } else {
      out.setType(AttributeType.STRINGS);
      values.forEach(v -> out.addStrings(utf8((String) v, at)));
    }
  }

  private static ByteString utf8(String text, Location at) {
    return ByteString.copyFromUtf8(Utf8.checked(text, at));
  }
}
