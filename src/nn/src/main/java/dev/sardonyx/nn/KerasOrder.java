package dev.sardonyx.nn;

import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.layers.SymbolicTensor;
import dev.sardonyx.nn.layers.SymbolicTensor.Application;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order that Keras gives the layers of a functional model, whatever order they are written in:
 * the farthest from the outputs first, and those that are as far as Keras meets them on its way
 * from the outputs to the inputs. In its files the first Dense of that order is {@code
 * layers/dense}.
 */
final class KerasOrder {
  /** Inputs and layers, in the order in which they are met. */
  private final Map<Object, Integer> met = new IdentityHashMap<>();

  /** Uses, behind those that they depend on. */
  private final List<Object> uses = new ArrayList<>();

  private final Map<Object, Boolean> state = new IdentityHashMap<>();

  private KerasOrder() {}

  /** The inputs and layers of a model. */
  static List<Object> of(Model model) {
    KerasOrder order = new KerasOrder();
    model.outputs().forEach(order::visit);
    return order.sorted(model);
  }

  /** An input is its own use. */
  private static Object use(SymbolicTensor tensor) {
    Application made = tensor.application();
    return made == null ? tensor : made;
  }

  private static Object layer(Object use) {
    return use instanceof Application application ? application.layer() : use;
  }

  private void visit(SymbolicTensor output) {
    Deque<Object> stack = new ArrayDeque<>();
    stack.push(use(output));
    while (!stack.isEmpty()) {
      Object next = stack.pop();
      Boolean seen = state.get(next);
      if (seen == null) {
        state.put(next, false);
        met.putIfAbsent(layer(next), met.size());
        stack.push(next);
        if (next instanceof Application application) {
          List<SymbolicTensor> inputs = application.inputs();
          for (int i = inputs.size() - 1; i >= 0; i--) {
            if (!state.containsKey(use(inputs.get(i)))) {
              stack.push(use(inputs.get(i)));
            }
          }
        }
      } else if (!seen) {
        state.put(next, true);
        uses.add(next);
      }
    }
  }

  private List<Object> sorted(Model model) {
    Map<Object, Integer> ofUse = new IdentityHashMap<>();
    Map<Object, Integer> depths = new IdentityHashMap<>();
    for (int i = uses.size() - 1; i >= 0; i--) {
      Object use = uses.get(i);
      int depth = Math.max(ofUse.getOrDefault(use, 0), depths.getOrDefault(layer(use), 0));
      depths.put(layer(use), depth);
      ofUse.put(use, depth);
      if (use instanceof Application application) {
        for (SymbolicTensor input : application.inputs()) {
          ofUse.merge(use(input), depth + 1, Math::max);
        }
      }
    }
    for (Input input : model.inputs()) {
      depths.putIfAbsent(input, 0);
      met.putIfAbsent(input, -1);
    }
    List<Object> layers = new ArrayList<>(depths.keySet());
    layers.sort(Comparator.comparing((Object layer) -> -depths.get(layer)).thenComparing(met::get));
    return layers;
  }
}
