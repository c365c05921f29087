package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Recurrent;
import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.activations.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Activations as ONNX's recurrent operators name them.
 *
 * @param alphas the first parameters of those that have parameters
 * @param betas the second ones
 */
record FusedFunctions(List<String> names, List<Float> alphas, List<Float> betas) {
  private static final Map<Activation, String> NAMES =
      Map.of(
          Activation.SIGMOID, "Sigmoid",
          Activation.TANH, "Tanh",
          Activation.RELU, "Relu",
          Activation.HARD_SIGMOID, "HardSigmoid");

  /** These activations, or null if ONNX has no name for one of them. */
  static @Nullable FusedFunctions of(Activation... activations) {
    List<String> names = new ArrayList<>();
    List<Float> alphas = new ArrayList<>();
    List<Float> betas = new ArrayList<>();
    for (Activation activation : activations) {
      String name = NAMES.get(activation);
      if (name == null) {
        return null;
      }
      names.add(name);
      if (activation == Activation.HARD_SIGMOID) {
        alphas.add(1 / 6f);
        betas.add(0.5f);
      }
    }
    return new FusedFunctions(names, alphas, betas);
  }

  /** The operator on one direction's weights: all outputs [time, batch, units], then the states. */
  static List<Value> run(
      Recurrent op,
      Value x,
      Value w,
      Value r,
      @Nullable Value bias,
      @Nullable Value lengths,
      List<Value> initial) {
    List<@Nullable Value> inputs = new ArrayList<>(List.of(x, w.unsqueeze(0), r.unsqueeze(0)));
    inputs.add(bias == null ? null : bias.unsqueeze(0));
    inputs.add(lengths);
    initial.forEach(state -> inputs.add(state.unsqueeze(0)));
    List<Value> results = Node.of(op, inputs, 1 + op.states()).outputs();
    List<Value> squeezed = new ArrayList<>(List.of(results.get(0).squeeze(1)));
    results.subList(1, results.size()).forEach(state -> squeezed.add(state.squeeze(0)));
    return squeezed;
  }
}
