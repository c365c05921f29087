package dev.sardonyx.onnx;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The forms that a graph's nodes have in a file of some opset. A constant that only said what is an
 * attribute there is not written.
 */
final class WrittenForms {
  private final Map<Node, WrittenNode> forms = new HashMap<>();
  private final Set<Value> constants = new HashSet<>();

  /**
   * @param graph one whose nodes the opset can express
   */
  WrittenForms(Graph graph, int opset) {
    use(graph.outputs());
    for (Node node : graph.nodes()) {
      if (!node.isLeaf()) {
        WrittenNode form = Downgrades.form(node, opset);
        if (form == null) {
          throw new IllegalStateException(node + " has no form at opset " + opset);
        }
        forms.put(node, form);
        use(form.inputs());
      }
    }
  }

  private void use(List<? extends @Nullable Value> values) {
    for (Value value : values) {
      if (value != null && value.op() instanceof Leaf.Constant) {
        constants.add(value);
      }
    }
  }

  WrittenNode of(Node node) {
    WrittenNode form = forms.get(node);
    return form == null ? new WrittenNode(node) : form;
  }

  /** Whether something that is written uses a constant. */
  boolean uses(Value constant) {
    return constants.contains(constant);
  }

  /** The inputs of a node as a file lists them; null where one is absent. */
  List<@Nullable Value> inputs(Node node) {
    return of(node).inputs();
  }
}
