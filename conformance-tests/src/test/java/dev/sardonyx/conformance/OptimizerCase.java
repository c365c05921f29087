package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.optimizers.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Five steps of an optimizer on given gradients, against the weights and slots that Keras has. */
final class OptimizerCase {
  private static final int STEPS = 5;
  private static final Pattern SLOT = Pattern.compile("[^/]*/(v\\d+)_(\\w+)");

  private final KerasCase reference;
  private final Optimizer optimizer;
  private final int weights;

  private OptimizerCase(KerasCase reference, Optimizer optimizer) {
    this.reference = reference;
    this.optimizer = optimizer;
    this.weights = reference.arraysMatching("v\\d+_0").size();
  }

  static void check(KerasCase reference, Optimizer optimizer) {
    new OptimizerCase(reference, optimizer).check();
  }

  private void check() {
    assertTrue(weights > 1, "a global norm needs several weights");
    Graph graph = graph();
    for (int way = 0; way < 2; way++) {
      Map<String, Tensor> state = initial();
      for (int step = 1; step <= STEPS; step++) {
        state = TrainingCase.run(graph, inputs(state, step)).get(way);
        compareWeights(state, step);
      }
      compareSlots(state);
    }
  }

  /** Outputs have the names of the inputs that they are next time. */
  private Graph graph() {
    List<Value> inputs = new ArrayList<>();
    Map<String, Value> outputs = new LinkedHashMap<>();
    Value rate = input(inputs, "rate", TensorType.scalar(ElementType.FLOAT32));
    Value step = input(inputs, "step", TensorType.scalar(ElementType.FLOAT32));
    List<Value> gradients = new ArrayList<>();
    for (int i = 0; i < weights; i++) {
      gradients.add(input(inputs, "g" + i, type(i)));
    }
    List<Value> clipped = optimizer.clip(gradients);
    for (int i = 0; i < weights; i++) {
      List<Value> slots = new ArrayList<>();
      for (String slot : optimizer.slots()) {
        slots.add(input(inputs, slotName(i, slot), type(i)));
      }
      Value weight = input(inputs, "v" + i, type(i));
      Optimizer.Update update =
          optimizer.update(new Optimizer.Variable(weight, clipped.get(i), slots, rate, step));
      outputs.put("v" + i, update.weight());
      for (int k = 0; k < slots.size(); k++) {
        outputs.put(slotName(i, optimizer.slots().get(k)), update.slots().get(k));
      }
    }
    // A value has one name in a file: what goes out is called otherwise than what comes in.
    List<String> names = outputs.keySet().stream().map(name -> name + ":new").toList();
    return Graph.of("step", inputs, List.copyOf(outputs.values()), names);
  }

  private static Value input(List<Value> inputs, String name, TensorType type) {
    Value input = Value.input(name, type);
    inputs.add(input);
    return input;
  }

  private TensorType type(int weight) {
    return reference.array("v%d_0".formatted(weight)).type();
  }

  private static String slotName(int weight, String slot) {
    return "v%d_%s".formatted(weight, slot);
  }

  private Map<String, Tensor> initial() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (int i = 0; i < weights; i++) {
      state.put("v%d:new".formatted(i), reference.array("v%d_0".formatted(i)));
      for (String slot : optimizer.slots()) {
        Tensor zeros = Tensor.zeros(ElementType.FLOAT32, type(i).shape().fixed());
        state.put(slotName(i, slot) + ":new", zeros);
      }
    }
    return state;
  }

  private Map<String, Tensor> inputs(Map<String, Tensor> state, int step) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    state.forEach((name, tensor) -> inputs.put(name.replace(":new", ""), tensor));
    inputs.put("rate", Tensor.scalar((float) optimizer.learningRate(step - 1L)));
    inputs.put("step", Tensor.scalar((float) step));
    for (int i = 0; i < weights; i++) {
      inputs.put("g" + i, reference.array("g%d_%d".formatted(i, step)));
    }
    return inputs;
  }

  private void compareWeights(Map<String, Tensor> state, int step) {
    Map<String, Tensor> expected = reference.arraysMatching("v\\d+_" + step);
    assertEquals(
        step == 1 || step == STEPS ? weights : expected.size(), expected.size(), "known weights");
    expected.forEach(
        (name, tensor) -> {
          String output = name.substring(0, name.indexOf('_')) + ":new";
          Close.assertClose(name, tensor, state.get(output), TrainingCase.TOLERANCE);
        });
  }

  private void compareSlots(Map<String, Tensor> state) {
    List<?> names = reference.list("slots");
    int compared = 0;
    for (int j = 0; j < names.size(); j++) {
      String name = (String) names.get(j);
      Tensor expected = reference.array("slot%d_5".formatted(j));
      if (name.endsWith("/iteration")) {
        assertEquals(STEPS, expected.getLong(0));
      } else if (name.endsWith("/learning_rate")) {
        assertEquals(expected.getDouble(0), optimizer.learningRate(STEPS), 1e-7);
      } else {
        Matcher m = SLOT.matcher(name);
        assertTrue(m.matches(), name);
        Tensor slot = state.get(m.group(1) + "_" + m.group(2) + ":new");
        Tensor scaled = scaled(slot, optimizer.slotScale(m.group(2)));
        Close.assertClose(name, expected, scaled, TrainingCase.TOLERANCE);
        compared++;
      }
    }
    assertEquals(weights * optimizer.slots().size(), compared, "slots that Keras has too");
  }

  private static Tensor scaled(Tensor slot, double scale) {
    double[] values = Arrays.stream(slot.toDoubleArray()).map(v -> v * scale).toArray();
    return Tensor.from(slot.element(), values, slot.dims());
  }
}
