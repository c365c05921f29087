package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * uint64 is ordered as int64 is after half its range is taken off.
 *
 * <pre>
 *  TopK(x: uint64, k)   ->   values, indices = TopK(Cast&lt;int64&gt;(x) - 2⁶³, k)
 *                            Cast&lt;uint64&gt;(values - 2⁶³), indices
 * </pre>
 *
 * <p>Both casts keep the bits, and both differences wrap around.
 */
final class UnsignedTopK implements Lowering {
  private static final ElementType WIDE = ElementType.UINT64;

  @Override
  public @Nullable List<Value> lower(Node node, Kernels kernels) {
    if (!OpSchema.of(node.op()).type().equals("TopK") || node.input(0).element() != WIDE) {
      return null;
    }
    Value half = Value.constant(Tensor.scalar(Long.MIN_VALUE));
    List<@Nullable Value> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, node.input(0).cast(ElementType.INT64).sub(half));
    Node sorted = Nodes.anonymous(node, node.op(), inputs);
    return List.of(sorted.output().sub(half).cast(WIDE), sorted.outputs().get(1));
  }
}
