package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to say a node that the runtime does not run in others. One class each, with a drawing of
 * before and after in its Javadoc.
 */
@FunctionalInterface
interface Lowering {
  /** What takes the place of the node's outputs, of the same types; null if it is another's. */
  @Nullable List<Value> lower(Node node, Kernels kernels);
}
