package dev.sardonyx.onnx;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Standard;
import dev.sardonyx.ir.type.ElementType;
import java.util.Map;
import java.util.TreeMap;

/**
 * What exists at which opset, and which file format an opset needs: the one place that decides.
 * Version numbers are those of the ONNX standard's table of releases.
 */
public final class Opset {
  /** The newest opset of the standard that we know. */
  public static final int NEWEST = 28;

  /** The oldest opset that we write. */
  public static final int OLDEST_WRITTEN = 13;

  /** The newest file format that we know. */
  static final int NEWEST_IR = 14;

  private static final int OLDEST_IR_WRITTEN = 8;

  private Opset() {}

  /**
   * Whether a file of this opset of the standard can hold the node as one node, in the form that
   * its operator has today or had then, with the element types that it has. Leaves it can always
   * hold.
   */
  public static boolean expressible(Node node, int opset) {
    OpSchema schema = OpSchema.of(node.op());
    if (!schema.domain().isEmpty() || node.isLeaf()) {
      return true;
    }
    Standard.Schema form = schema.form(opset);
    if (form == null) {
      return schema.versions().isEmpty();
    }
    WrittenNode written = Downgrades.form(node, opset);
    return written != null && written.typesFit(form);
  }

  /** Whether a Constant of the opset has the element type; an initializer has any. */
  static boolean hasConstant(ElementType element, int opset) {
    Standard.Schema form = Standard.find("", "Constant", opset);
    return form != null && form.types(form.outputs().get(0)).contains(element.toString());
  }

  /** The file format of the first release of the standard with this opset, but at least 8. */
  static int irVersion(int opset) {
    if (opset >= 28) {
      return 14;
    }
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
}
