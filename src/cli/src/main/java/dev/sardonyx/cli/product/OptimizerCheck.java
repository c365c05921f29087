package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.optimizers.Optimizer;
import dev.sardonyx.runtime.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Five steps of an optimizer on given gradients: the weights, and its state after the last. */
final class OptimizerCheck {
  private static final int STEPS = 5;
  private static final String NEXT = ":new";

  private final Product product;
  private final KerasReference reference;
  private final Optimizer optimizer;
  private final List<Tensor> weights;
  private final Map<String, Value> inputs = new LinkedHashMap<>();
  private final List<Optimizer.Variable> variables = new ArrayList<>();

  OptimizerCheck(Product product, KerasReference reference) {
    this.product = product;
    this.reference = reference;
    this.optimizer = reference.make("optimizer", Optimizer.class);
    this.weights = reference.numbered("v", "_0");
  }

  void run() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    try (Session session = product.train(graph())) {
      inputs.forEach((name, value) -> state.put(name, zeros(value.tensorType())));
      for (int i = 0; i < weights.size(); i++) {
        state.put("v" + i, weights.get(i));
      }
      for (int step = 1; step <= STEPS; step++) {
        feed(state, step);
        session.run(state).forEach((name, tensor) -> state.put(name.replace(NEXT, ""), tensor));
        checkWeights(state, step);
      }
    }
    checkSlots(state);
  }

  /** Outputs are called as the inputs that they are next time, and {@link #NEXT}. */
  private Graph graph() {
    Value rate = input("rate", TensorType.scalar(ElementType.FLOAT32));
    Value step = input("step", TensorType.scalar(ElementType.FLOAT32));
    for (int i = 0; i < weights.size(); i++) {
      Value weight = input("v" + i, weights.get(i).type());
      Value gradient = input("g" + i, weights.get(i).type());
      List<Value> slots = new ArrayList<>();
      for (Optimizer.Slot slot : optimizer.slots(weight)) {
        slots.add(input(slotName(i, slot.name()), slot.type()));
      }
      variables.add(new Optimizer.Variable(weight, gradient, slots, rate, step));
    }
    List<Optimizer.Update> updates = optimizer.apply(variables);
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int i = 0; i < updates.size(); i++) {
      outputs.put("v" + i + NEXT, updates.get(i).weight());
      for (int k = 0; k < updates.get(i).slots().size(); k++) {
        String name = variables.get(i).slots().get(k).name();
        outputs.put(name + NEXT, updates.get(i).slots().get(k));
      }
    }
    return Graph.of("step", List.copyOf(inputs.values()), outputs);
  }

  private Value input(String name, TensorType type) {
    return inputs.computeIfAbsent(name, n -> Value.input(n, type));
  }

  private static String slotName(int weight, String slot) {
    return "v%s_%s".formatted(weight, slot);
  }

  private static Tensor zeros(TensorType type) {
    return Tensor.zeros(type.element(), type.shape().fixed());
  }

  private void feed(Map<String, Tensor> state, int step) {
    state.put("rate", Tensor.scalar((float) optimizer.learningRate(step - 1L)));
    state.put("step", Tensor.scalar((float) step));
    for (int i = 0; i < weights.size(); i++) {
      state.put("g" + i, reference.array("g%s_%s".formatted(i, step)));
    }
  }

  private void checkWeights(Map<String, Tensor> state, int step) {
    for (int i = 0; i < weights.size(); i++) {
      String name = "v%s_%s".formatted(i, step);
      boolean demanded = step == 1 || step == STEPS;
      if (demanded || reference.arrays().containsKey(name)) {
        reference.check(name, reference.array(name), state.get("v" + i));
      }
    }
  }

  /** Keras names most of its slots: {@code adam/v0_momentum}; ours are those, and no others. */
  private void checkSlots(Map<String, Tensor> state) {
    int compared = 0;
    List<?> names = reference.list("slots");
    for (int j = 0; j < names.size(); j++) {
      String name = String.valueOf(names.get(j));
      String own = name.substring(name.indexOf('/') + 1);
      Tensor expected = reference.array("slot%s_%s".formatted(j, STEPS));
      if (own.equals("iteration")) {
        reference.check(name, expected, STEPS);
      } else if (own.equals("learning_rate")) {
        reference.check(name, expected, optimizer.learningRate(STEPS));
      } else if (own.contains("_")) {
        String slot = own.substring(own.indexOf('_') + 1);
        if (!state.containsKey(own)) {
          throw new Mismatch("there is no slot " + own);
        }
        reference.check(name, expected, keras(slot, state.get(own)));
        compared++;
      }
    }
    int slots = variables.stream().mapToInt(variable -> variable.slots().size()).sum();
    if (compared == 0 && slots > 0) {
      throw new Mismatch("none of %s slots is Keras's".formatted(slots));
    }
  }

  private Tensor keras(String slot, Tensor ours) {
    double[] values = ours.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = optimizer.kerasSlot(slot, values[i]);
    }
    return Tensor.from(ours.element(), values, ours.dims());
  }
}
