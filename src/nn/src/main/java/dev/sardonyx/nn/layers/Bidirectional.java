package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer that runs over a sequence both ways, by two layers whose results are merged.
 * Initial states are those of the forward layer, then those of the backward one, and so are the
 * states among the results.
 */
public final class Bidirectional extends ArgumentLayer {
  private static final List<String> MODES = List.of("concat", "sum", "ave", "mul");

  private @Nullable String mergeMode = "concat";
  private @Nullable RecurrentLayer<?> forward;
  private @Nullable RecurrentLayer<?> backward;

  Bidirectional() {}

  /** {@code layer}, and one like it that goes backwards. */
  public static Bidirectional bidirectional(RecurrentLayer<?> layer) {
    Bidirectional made = new Bidirectional();
    made.layers(layer, null);
    return made;
  }

  /** {@code layer} and one of its own for the other direction. */
  public static Bidirectional bidirectional(
      RecurrentLayer<?> layer, RecurrentLayer<?> backwardLayer) {
    Bidirectional made = new Bidirectional();
    made.layers(layer, backwardLayer);
    return made;
  }

  /**
   * How the two results become one: {@code concat} (the default), {@code sum}, {@code ave}, {@code
   * mul}; or null for two results.
   */
  public Bidirectional mergeMode(@Nullable String mode) {
    if (mode != null && !MODES.contains(mode)) {
      throw Allowed.refusal(
          this, "merge_mode", "one of " + MODES + " or null", mode, "name one of these");
    }
    mergeMode = mode;
    return this;
  }

  private void layers(RecurrentLayer<?> layer, @Nullable RecurrentLayer<?> other) {
    forward = layer;
    String name = layer.name() == null ? layer.defaultName() : layer.name();
    backward = other != null ? other : mirrored(layer, name);
    layer.named("forward_" + without("forward_", name));
    requireAlike(layer, backward);
    layer.zeroOutputForMask(layer.returnsSequences());
    backward.zeroOutputForMask(layer.returnsSequences());
  }

  private static String without(String prefix, String name) {
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }

  private RecurrentLayer<?> mirrored(RecurrentLayer<?> layer, String name) {
    try {
      Layer copy = Config.create(Layer.class, "layer", layer.serialize());
      copy.named("backward_" + without("backward_", name));
      return recurrent("layer", copy).goBackwards(true);
    } catch (DiagnosticException e) {
      throw Allowed.refusal(
          this,
          "layer",
          "one that can be copied from its configuration",
          layer,
          "give the layer for the other direction too (" + e.diagnostic().message() + ")");
    }
  }

  private RecurrentLayer<?> recurrent(String option, @Nullable Layer given) {
    if (given instanceof RecurrentLayer<?> layer) {
      return layer;
    }
    throw Allowed.refusal(
        this,
        option,
        "a recurrent layer",
        given == null ? "nothing" : given,
        "take LSTM, GRU, SimpleRNN, ConvLSTM or RNN");
  }

  private void requireAlike(RecurrentLayer<?> one, RecurrentLayer<?> other) {
    boolean alike =
        one.returnsSequences() == other.returnsSequences()
            && one.returnsState() == other.returnsState()
            && one.isStateful() == other.isStateful();
    if (!alike || one.goesBackwards() == other.goesBackwards()) {
      throw Allowed.refusal(
          this,
          "backward_layer",
          "one that differs from the other layer in go_backwards, and not in return_sequences,"
              + " return_state or stateful",
          other,
          "correct the options of the two layers");
    }
  }

  private RecurrentLayer<?> forward() {
    return recurrent("layer", forward);
  }

  private RecurrentLayer<?> backward() {
    return recurrent("backward_layer", backward);
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> given) {
    int states = forward().stateCount(given.tensors().get(0).type());
    SequenceArguments arguments = SequenceArguments.of(this, given, 2 * states);
    List<Masked> initial = arguments.initial();
    boolean own = initial.isEmpty();
    List<Value> y =
        applied(call, "forward_layer", arguments, own ? initial : initial.subList(0, states));
    List<Value> back =
        applied(
            call, "backward_layer", arguments, own ? initial : initial.subList(states, 2 * states));
    boolean sequences = forward().returnsSequences();
    Value last = back.get(0).cast(computeType());
    List<Value> merged =
        merged(y.get(0).cast(computeType()), sequences ? RecurrentLayer.reversed(last, 1) : last);
    Masked passed = sequences ? arguments.passed() : null;
    List<Masked> results = new ArrayList<>();
    merged.forEach(m -> results.add(new Masked(m, passed == null ? null : passed.value())));
    Stream.of(y, back)
        .forEach(r -> r.subList(1, r.size()).forEach(state -> results.add(Masked.of(state))));
    return results;
  }

  private List<Value> applied(
      Call call, String part, SequenceArguments arguments, List<Masked> initial) {
    Arguments<Masked> inner = Arguments.of(List.of(Masked.of(arguments.sequence().value())));
    if (!initial.isEmpty()) {
      inner = inner.withTensors("initial_state", initial);
    }
    if (arguments.mask() != null) {
      inner = inner.withTensors("mask", List.of(arguments.mask()));
    }
    return Masked.values(call.apply(part, parts().get(part), inner));
  }

  private List<Value> merged(Value y, Value back) {
    if (mergeMode == null) {
      return List.of(y, back);
    }
    return List.of(
        switch (mergeMode) {
          case "concat" -> Value.concat(-1, y, back);
          case "sum" -> y.add(back);
          case "ave" -> y.add(back).div(2);
          default -> y.mul(back);
        });
  }

  @Override
  protected boolean changesInTraining() {
    return forward().changesInTraining() || backward().changesInTraining();
  }

  @Override
  public Map<String, Layer> parts() {
    Map<String, Layer> parts = new LinkedHashMap<>();
    parts.put("forward_layer", forward());
    parts.put("backward_layer", backward());
    return parts;
  }

  @Override
  public List<State> states() {
    return parts().values().stream().flatMap(layer -> layer.states().stream()).toList();
  }

  @Override
  public Layer trainable(boolean isTrainable) {
    parts().values().forEach(layer -> layer.trainable(isTrainable));
    return super.trainable(isTrainable);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    mergeMode(config.optionalText("merge_mode", mergeMode));
    Layer layer = config.object("layer", Layer.class, forward);
    Layer other = config.object("backward_layer", Layer.class, backward);
    if (layer != forward || other != backward) {
      layers(recurrent("layer", layer), other == null ? null : recurrent("backward_layer", other));
    }
    if (!isTrainable()) {
      trainable(false);
    }
  }
}
