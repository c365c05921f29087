package dev.sardonyx.compiler.lowering;

import static dev.sardonyx.ir.type.ElementType.FLOAT32;
import static dev.sardonyx.ir.type.ElementType.FLOAT64;
import static dev.sardonyx.ir.type.ElementType.INT16;
import static dev.sardonyx.ir.type.ElementType.INT32;
import static dev.sardonyx.ir.type.ElementType.INT64;
import static dev.sardonyx.ir.type.ElementType.UINT32;
import static dev.sardonyx.ir.type.ElementType.UINT64;
import static dev.sardonyx.ir.type.ElementType.UINT8;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;
import java.util.Set;

/** Which element types may stand in for others, and where. */
final class Widths {
  /** Operators that move elements and do not look at them: any type of the same size will do. */
  private static final Set<String> MOVES =
      Set.of(
          "CenterCropPad",
          "Compress",
          "Concat",
          "DepthToSpace",
          "Expand",
          "Gather",
          "GatherElements",
          "GatherND",
          "OneHot",
          "Pad",
          "Reshape",
          "ReverseSequence",
          "Slice",
          "SpaceToDepth",
          "Split",
          "Tile",
          "Transpose",
          "Trilu",
          "Where");

  /** Operators that compare elements only. */
  private static final Set<String> ORDERS = Set.of("ReduceMax", "ReduceMin");

  /** Operators whose results are determined by the very type that they have. */
  private static final Set<String> TYPED = Set.of("BitCast", "Cast", "CastLike");

  /** Operators that saturate at the ends of an integer type. */
  private static final Set<String> SATURATES =
      Set.of("QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear");

  /** Operators that move whole values. */
  private static final Set<String> PASSES =
      Set.of(
          "ConcatFromSequence",
          "ConstantOfShape",
          "Identity",
          "Flatten",
          "If",
          "Loop",
          "Optional",
          "OptionalGetElement",
          "OptionalHasElement",
          "Scan",
          "ScatterElements",
          "ScatterND",
          "SequenceAt",
          "SequenceConstruct",
          "SequenceEmpty",
          "SequenceErase",
          "SequenceInsert",
          "SequenceLength",
          "Shape",
          "Size",
          "SplitToSequence",
          "Squeeze",
          "Unsqueeze");

  private Widths() {}

  /** Whether an operator of the standard moves elements and does not look at them. */
  static boolean movesElements(String type) {
    return MOVES.contains(type) || PASSES.contains(type);
  }

  static boolean dependsOnWidth(Node node) {
    return TYPED.contains(OpSchema.of(node.op()).type());
  }

  /** The types that contain all of {@code element}'s values, the best first. */
  static List<ElementType> wider(Node node, ElementType element, int place) {
    String type = OpSchema.of(node.op()).type();
    if (SATURATES.contains(type) && !element.isFloat()) {
      return List.of();
    }
    return switch (element) {
      case BFLOAT16, FLOAT16 -> List.of(FLOAT32, FLOAT64);
      case FLOAT32 -> List.of(FLOAT64);
      case BOOL ->
          MOVES.contains(type) || ORDERS.contains(type) ? List.of(UINT8, INT32, INT64) : List.of();
      case INT8 -> List.of(INT32, INT64, INT16);
      case UINT8 -> List.of(INT32, INT64, UINT32, UINT64);
      case INT16 -> List.of(INT32, INT64);
      case UINT16 -> List.of(INT32, INT64, UINT32, UINT64);
      case INT32 -> List.of(INT64);
      case UINT32 -> List.of(INT64, UINT64);
      case INT64 -> MOVES.contains(type) ? List.of(UINT64) : List.of();
      case UINT64 -> {
        if (MOVES.contains(type)) {
          yield List.of(INT64);
        }
        // Exponents beyond the exact integers of a double give 0, 1 or infinity anyway.
        yield type.equals("Pow") && place == 1 ? List.of(FLOAT64) : List.of();
      }
      default -> List.of();
    };
  }
}
