package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Slicing;
import dev.sardonyx.ir.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A given output shape pads what is unpooled at its ends.
 *
 * <pre>
 *  MaxUnpool(x, indices, shape)   ->   y = MaxUnpool(x, indices)
 *                                      Pad(y, [0, …, shape - Shape(y)])
 * </pre>
 *
 * <p>The indices are those of the tensor that was pooled, not of the padded one.
 */
final class UnpoolInto implements Lowering {
  @Override
  public @Nullable List<Value> lower(Node node, Kernels kernels) {
    if (!OpSchema.of(node.op()).type().equals("MaxUnpool") || !node.hasInput(2)) {
      return null;
    }
    List<@Nullable Value> inputs = new ArrayList<>(node.inputs().subList(0, 2));
    Value unpooled = Nodes.anonymous(node, node.op(), inputs).output();
    Value ends = node.input(2).sub(unpooled.shapeOf());
    Value pads = Value.concat(0, ends.sub(ends), ends);
    return List.of(Value.of(new Slicing.Pad(Slicing.PadMode.CONSTANT), unpooled, pads));
  }
}
