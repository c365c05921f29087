package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the gradient of a loop's body reads of the values that the body computed: they are kept on
 * the way forward, so that the way back computes none of them again. What is only about shapes is
 * computed again, and so is what may have another shape in every turn.
 */
final class Residuals {
  private final Since forward;
  private final Since backward;
  private final Set<Value> varying;

  /**
   * @param given the states and elements that the body was given
   * @param outputs what it made of them
   * @param forward when that began
   * @param backward when it was done, and the gradient began
   */
  Residuals(Collection<Value> given, List<Value> outputs, Since forward, Since backward) {
    this.forward = forward;
    this.backward = backward;
    this.varying = new HashSet<>(given);
    for (Node node : Walk.topological(outputs, forward::made)) {
      if (node.inputs().stream().anyMatch(varying::contains)) {
        varying.addAll(node.outputs());
      }
    }
  }

  /** What {@code gradients} read, the states and elements among it; in the order of the walk. */
  List<Value> of(List<Value> gradients) {
    List<Value> used = new ArrayList<>(gradients);
    for (Node node : Walk.topological(gradients, this::isComputedAgain)) {
      node.inputs().stream().filter(v -> v != null).forEach(used::add);
    }
    Set<Value> read = new LinkedHashSet<>();
    for (Value value : used) {
      if (varying.contains(value) && !isComputedAgain(value.node())) {
        read.add(value);
      }
    }
    return List.copyOf(read);
  }

  private boolean isComputedAgain(Node node) {
    if (backward.made(node)) {
      return true;
    }
    boolean inBody = forward.made(node) && !node.isLeaf();
    return inBody
        && node.outputs().stream().anyMatch(varying::contains)
        && !node.outputs().stream().allMatch(Residuals::isKept);
  }

  private static boolean isKept(Value value) {
    return value.type() instanceof TensorType tensor
        && (tensor.element().isFloat() || tensor.element() == ElementType.BOOL)
        && tensor.shape().isRanked()
        && tensor.shape().dims().stream().noneMatch(Dim::isUnknown);
  }
}
