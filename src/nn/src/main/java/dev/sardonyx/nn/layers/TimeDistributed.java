package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies a layer, or a model, to each time step of a sequence: [batch, time, …]. The steps of all
 * samples are one batch for it.
 */
public final class TimeDistributed extends ArgumentLayer {
  private @Nullable Layer layer;

  TimeDistributed() {}

  public static TimeDistributed timeDistributed(Layer layer) {
    TimeDistributed made = new TimeDistributed();
    made.layer = layer;
    return made;
  }

  private Layer layer() {
    if (layer == null) {
      throw Allowed.refusal(this, "layer", "a layer", "nothing", "give it a layer");
    }
    return layer;
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> given) {
    Arguments<Masked> arguments = withoutTrainingFlag(given);
    arguments.allow(this, Set.of("mask", "inputs"));
    Masked x = arguments.tensor(this, 0, "inputs");
    Axes.rankAtLeast(this, x.type(), 3);
    Masked explicit = arguments.optional(this, 2, "mask");
    Value mask = explicit == null ? x.mask() : explicit.value();
    if (mask != null) {
      checkMask(x.type(), mask);
    }
    // Layers that take averages over the batch do so for each step.
    boolean stepwise = call.training() && x.type().shape().dim(1).isFixed() && averages(layer());
    Value y = stepwise ? stepwise(call, x.value(), mask) : together(call, x.value(), mask);
    return List.of(new Masked(y, mask));
  }

  private void checkMask(TensorType x, Value mask) {
    boolean fits = mask.shape().isRanked() && mask.shape().rank() >= 2;
    for (int i = 0; fits && i < 2; i++) {
      var a = x.shape().dim(i);
      var b = mask.shape().dim(i);
      fits = !a.isFixed() || !b.isFixed() || a.equals(b);
    }
    if (!fits) {
      throw refuse(
          "NN-019",
          "needs a mask that begins with batch and time of the input, got " + mask.shape(),
          List.of(x, mask.tensorType()),
          "give it a mask [batch, time]");
    }
  }

  private static boolean averages(Layer layer) {
    return layer instanceof BatchNormalization
        || layer.parts().values().stream().anyMatch(TimeDistributed::averages);
  }

  private Value together(Call call, Value x, @Nullable Value mask) {
    Value y = inner(call, folded(x), mask == null ? null : folded(mask));
    return y.reshape(Value.concat(0, Extent.of(x, 0, 2), Extent.of(y, 1, y.shape().rank())));
  }

  private static Value folded(Value x) {
    Value rest = Extent.of(x, 2, x.shape().rank());
    return x.reshape(Value.concat(0, Extent.of(x, 0).mul(Extent.of(x, 1)), rest));
  }

  private Value stepwise(Call call, Value x, @Nullable Value mask) {
    List<Value> steps = new ArrayList<>();
    for (long i = 0; i < x.shape().dim(1).value(); i++) {
      Value own = mask == null ? null : mask.slice(1, i, i + 1).squeeze(1);
      steps.add(inner(call, x.slice(1, i, i + 1).squeeze(1), own).unsqueeze(1));
    }
    return Value.concat(1, steps);
  }

  // A mask that is left with the batch alone is for no layer.
  private Value inner(Call call, Value x, @Nullable Value mask) {
    boolean useful = mask != null && mask.shape().rank() >= 2;
    Masked step = new Masked(x, useful ? mask : null);
    List<Masked> results = call.apply("layer", layer(), Arguments.of(List.of(step)));
    if (results.size() != 1) {
      throw refuse(
          "NN-015",
          "is around a layer with %s results".formatted(results.size()),
          List.of(x.tensorType()),
          "a layer for each time step has one result");
    }
    return results.get(0).value();
  }

  @Override
  protected boolean changesInTraining() {
    return layer().changesInTraining();
  }

  @Override
  public Map<String, Layer> parts() {
    return Map.of("layer", layer());
  }

  @Override
  public List<State> states() {
    return layer().states();
  }

  @Override
  public Layer trainable(boolean isTrainable) {
    layer().trainable(isTrainable);
    return super.trainable(isTrainable);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    layer = config.object("layer", Layer.class, layer);
    if (!isTrainable()) {
      layer().trainable(false);
    }
  }
}
