package dev.sardonyx.conformance;

import static dev.sardonyx.nn.Compilation.of;
import static dev.sardonyx.nn.initializers.Ones.ones;
import static dev.sardonyx.nn.optimizers.SGD.sgd;

import dev.sardonyx.conformance.SavedModels.Saved;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.keras.Keras;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.layers.Call;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.SymbolicTensor;
import dev.sardonyx.nn.layers.Weight;
import dev.sardonyx.nn.losses.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Trains a saved model for one step. What comes in passes a weight first, so that gradients go
 * through the whole model.
 */
final class TrainingProbe {
  /** No case has more. */
  private static final int ROWS = 64;

  private TrainingProbe() {}

  /** Multiplies by a weight that starts at one. */
  private static final class Scale extends Layer {
    private @Nullable Weight factor;

    @Override
    protected void build(List<TensorType> inputs) {
      factor = addWeight("factor", ones(), null, true);
    }

    @Override
    protected List<Value> call(Call call, List<Value> inputs) {
      Value x = inputs.get(0);
      return List.of(x.mul(call.variable(Objects.requireNonNull(factor)).cast(x.element())));
    }
  }

  /** The mean square, whatever the numbers are. */
  private static final class Squares extends Loss {
    @Override
    protected Value call(Value yTrue, Value yPred) {
      Value y = yPred.cast(ElementType.FLOAT32);
      return y.mul(y);
    }
  }

  /** Why the model does not train, or null if it does. */
  static @Nullable String refusal(Saved saved) {
    try (Model read = Keras.load(saved.folder().resolve("model.keras"))) {
      return refusal(read, saved.inputs());
    } catch (DiagnosticException e) {
      return e.diagnostic().message();
    }
  }

  /** Why a layer does not train at the inputs of a model, or null if it does. */
  static @Nullable String refusal(Layer layer, List<Tensor> data) {
    try {
      List<Input> inputs = data.stream().map(x -> Input.ofBatch(x.type())).toList();
      return refusal(Model.of(inputs, layer.applyAll(inputs)), data);
    } catch (DiagnosticException e) {
      return e.diagnostic().message();
    }
  }

  private static @Nullable String refusal(Model inner, List<Tensor> data) {
    List<Input> inputs = new ArrayList<>();
    List<SymbolicTensor> given = new ArrayList<>();
    for (Input input : inner.inputs()) {
      Input own = Input.ofBatch(input.type());
      inputs.add(own);
      given.add(input.type().element().isFloat() ? new Scale().apply(own) : own);
    }
    Loss[] losses = inner.outputs().stream().map(y -> new Squares()).toArray(Loss[]::new);
    try (Model model = Model.of(inputs, inner.applyAll(given))) {
      List<Tensor> targets = model.predict(data, ROWS);
      model.compile(of(sgd(0.01), losses));
      Map<String, Double> logs = model.trainOnBatch(data, targets);
      double loss = Objects.requireNonNull(logs.get("loss"));
      return Double.isFinite(loss) ? null : "the loss is " + loss;
    }
  }
}
