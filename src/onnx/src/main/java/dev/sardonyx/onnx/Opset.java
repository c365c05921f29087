package dev.sardonyx.onnx;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpAttribute;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which operators exist at which opset, and which file format an opset needs: the one place that
 * decides. Version numbers are those of the ONNX standard's table of releases.
 */
final class Opset {
  /** The newest opset of the standard that we know. */
  static final int NEWEST = 28;

  /** The newest opset that ONNX Runtime 1.29 runs. */
  static final int NEWEST_WRITTEN = 26;

  /** The oldest opset that ONNX Runtime runs. */
  static final int OLDEST_WRITTEN = 7;

  /** The newest file format that we know. */
  static final int NEWEST_IR = 14;

  private static final int OLDEST_IR_WRITTEN = 8;

  private Opset() {}

  /** The file format of the first release of the standard with this opset, but at least 8. */
  static int irVersion(int opset) {
    if (opset >= 25) {
      return 13;
    }
    if (opset >= 23) {
      return opset - 12;
    }
    if (opset >= 21) {
      return 10;
    }
    return opset >= 19 ? 9 : OLDEST_IR_WRITTEN;
  }

  /** The first file format with this element type, but at least 8. */
  static int irVersion(ElementType element) {
    return switch (element) {
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ -> 9;
      case UINT4, INT4 -> 10;
      case FLOAT4E2M1 -> 11;
      case FLOAT8E8M0 -> 12;
      case UINT2, INT2 -> 13;
      default -> OLDEST_IR_WRITTEN;
    };
  }

  /** The version of each domain that a file of these nodes imports, the standard's first. */
  static Map<String, Integer> imports(Iterable<Node> nodes, int opset) {
    Map<String, Integer> imports = new TreeMap<>();
    for (Node node : nodes) {
      OpSchema schema = OpSchema.of(node.op());
      imports.merge(schema.domain(), schema.since(), Math::max);
    }
    imports.put("", opset);
    return imports;
  }

  /** Refuses an operator that has no form at the imported version of its domain. */
  static void requireWritable(Node node, OpSchema schema, int opset) {
    if (opset < schema.from()) {
      throw unwritable(
          node,
          "ONNX-013",
          "%s cannot be written at opset %d".formatted(schema.type(), opset),
          "its present form exists from opset %d on; export at that or a later one"
              .formatted(schema.from()));
    }
    Map<String, Object> given = schema.attributesOf(node.op());
    for (OpAttribute attribute : schema.attributes()) {
      if (given.containsKey(attribute.name()) && opset < attribute.since()) {
        throw unwritable(
            node,
            "ONNX-014",
            "%s's attribute %s cannot be written at opset %d"
                .formatted(schema.type(), attribute.name(), opset),
            "leave it at its default, or export at opset %d or later".formatted(attribute.since()));
      }
    }
  }

  private static DiagnosticException unwritable(
      Node node, String code, String message, String help) {
    return new Diagnostic(code, message, node.at(), "operator: " + node.op(), help).exception();
  }

  /** Refuses an operator whose form at the model's opset is not the one we know. */
  static void requireReadable(OpSchema schema, int opset, Source source, String place) {
    if (opset < schema.from()) {
      throw source.refuse(
          "ONNX-005",
          place,
          "%s has an old form at opset %d".formatted(schema.type(), opset),
          "oldest opset read: %d for %s".formatted(schema.from(), schema.type()),
          "export the model again at opset %d or later".formatted(schema.from()));
    }
  }
}
