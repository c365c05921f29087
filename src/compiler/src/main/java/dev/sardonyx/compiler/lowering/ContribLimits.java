package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.FusedNormalizations;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.QuantizedWeights;
import dev.sardonyx.ir.type.Shape;

/** What the shape functions of ONNX Runtime's own operators refuse, and its kernels would take. */
final class ContribLimits {
  private ContribLimits() {}

  /** Whether a model with such a node is not loaded. */
  static boolean refuses(Node node) {
    if (node.op() instanceof FusedNormalizations.EmbedLayerNormalization embed) {
      return refusesEmbedding(embed, node);
    }
    // "bias shape must be [N]".
    return node.op() instanceof QuantizedWeights.MatMulNBits
        && node.hasInput(5)
        && !isLastKnown(node, 5);
  }

  /**
   * "dimension size is known", for all tables and weights; "output index 1 is out of range", for a
   * second result that is not there although the attribute does not say so.
   */
  private static boolean refusesEmbedding(
      FusedNormalizations.EmbedLayerNormalization embed, Node node) {
    boolean masks = embed.maskIndexType() == null || embed.maskIndexType() > 0;
    if (masks && node.outputs().size() < 2) {
      return true;
    }
    for (int i = 2; i < 7; i++) {
      if (node.hasInput(i) && !isLastKnown(node, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLastKnown(Node node, int i) {
    Shape shape = node.input(i).shape();
    return shape.isRanked() && shape.rank() > 0 && shape.dim(-1).isFixed();
  }
}
