package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.ChannelNormalization;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Normalization;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Resampling;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import java.util.Set;

/**
 * What ONNX Runtime's kernels refuse or get wrong although their types fit: its table does not say
 * it, the standard's own cases do.
 */
final class Limits {
  private Limits() {}

  /** Whether the kernel cannot do what the node's attributes, inputs or outputs ask for. */
  static boolean refuses(Node node) {
    OpSchema schema = OpSchema.of(node.op());
    if (!schema.domain().isEmpty()) {
      return ContribLimits.refuses(node);
    }
    return switch (schema.type()) {
      // It writes over the statistics that it is given.
      case "BatchNormalization" ->
          ((Normalization.BatchNormalization) node.op()).trainingMode()
              && node.input(0).shape().isRanked();
      case "RNN" -> refusesRecurrence(schema, node);
      // "GRU operator does not support double yet", though there is a kernel.
      case "GRU", "LSTM" ->
          refusesRecurrence(schema, node) || node.input(0).element() == ElementType.FLOAT64;
      // "Input to 'Range' op should be scalars".
      case "Range" -> ScalarRange.applies(node);
      case "Resize" -> refusesResize((Resampling.Resize) node.op(), node);
      // The zero point of the kernel "must be a scalar or 1D tensor of size 1".
      case "ConvInteger" -> node.hasInput(3) && isLongerThanOne(node.input(3).shape());
      // Indices are taken as those of the output, not of the one that the kernel makes.
      case "MaxUnpool" -> node.hasInput(2);
      // "fmod attribute must be true for floating point types".
      case "Mod" -> node.input(0).element().isFloat() && !isGiven(schema, node, "fmod");
      // The body that the standard gives it, and that is run, has 0 and 1 the wrong way round.
      case "Bernoulli" -> true;
      // Images only, and "size_ % 2 == 1".
      case "LRN" -> refusesRegion(node);
      case "Attention" -> refusesAttention(schema, node);
      case "Mul" -> DoubleSilu.applies(node);
      default -> false;
    };
  }

  /** "Batchwise recurrent operations (layout == 1) are not supported", and no size is inferred. */
  private static boolean refusesRecurrence(OpSchema schema, Node node) {
    return isGiven(schema, node, "layout") || !isGiven(schema, node, "hidden_size");
  }

  /** The element types on which the kernel's results are not those of the standard. */
  static Set<String> refusedTypes(Node node) {
    OpSchema schema = OpSchema.of(node.op());
    if (!schema.domain().isEmpty()) {
      return Set.of();
    }
    return switch (schema.type()) {
      // Errors grow with the length until zeros are 1e-6.
      case "DFT", "STFT" -> Set.of("float32");
      // Weights and products are rounded on the way: an error of two units in the last place.
      case "Attention" -> Set.of("float16");
      // "Not defined for empty set with bool type".
      case "ReduceMax", "ReduceMin" -> Set.of("bool");
      default -> Set.of();
    };
  }

  /**
   * The kernel gives the lowest number for what a mask has cut off in its fourth result, where the
   * standard has -∞, and takes no mask that is shorter than the keys.
   */
  private static boolean refusesAttention(OpSchema schema, Node node) {
    if (node.outputs().size() > 3 && isGiven(schema, node, "qk_matmul_output_mode")) {
      return true;
    }
    if (!node.hasInput(3) || !node.input(3).shape().isRanked() || node.hasInput(4)) {
      return false;
    }
    Shape mask = node.input(3).shape();
    Value keys = node.input(1);
    return mask.rank() > 0
        && keys.shape().isRanked()
        && keys.shape().rank() >= 3
        && differ(mask.dim(-1), keys.shape().dim(-2));
  }

  /**
   * The kernel rounds extents before it aligns corners, where the standard takes the exact ones,
   * and does not see a region of interest that is a constant.
   */
  private static boolean refusesResize(Resampling.Resize resize, Node node) {
    return switch (resize.coordinateTransformationMode()) {
      case ALIGN_CORNERS -> node.hasInput(2) && !node.input(2).shape().size().is(0);
      case TF_CROP_AND_RESIZE -> node.hasInput(1) && node.input(1).constant() != null;
      default -> false;
    };
  }

  private static boolean refusesRegion(Node node) {
    Shape x = node.input(0).shape();
    boolean even = node.op() instanceof ChannelNormalization.LRN lrn && lrn.size() % 2 == 0;
    return even || x.isRanked() && x.rank() != 4;
  }

  private static boolean differ(Dim a, Dim b) {
    return a.isFixed() && b.isFixed() && !a.equals(b);
  }

  private static boolean isLongerThanOne(Shape shape) {
    return shape.isFixed() && !shape.size().is(1);
  }

  /** Whether an attribute is not at its default. */
  private static boolean isGiven(OpSchema schema, Node node, String attribute) {
    return schema.attributesOf(node.op()).containsKey(attribute);
  }
}
