package dev.sardonyx.nn;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.constraints.Constraint;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.layers.Weight;
import dev.sardonyx.nn.losses.Loss;
import dev.sardonyx.nn.metrics.Metric;
import dev.sardonyx.nn.optimizers.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The graphs of training: gradients, a whole step, and evaluation. They take the batch and the
 * weights as inputs and hold no state; what goes in as {@code name} comes out as {@code name:new}.
 */
final class TrainingGraphs {
  static final String STEP = "step";
  static final String LEARNING_RATE = "learning_rate";
  static final String RANDOM_KEY = "random_key";
  static final String LOSS = "loss";
  static final String OPTIMIZER = "optimizer/";

  private final Model model;
  private final Compilation compilation;
  private final boolean weighted;

  /**
   * @param weighted whether the graphs take sample weights
   */
  TrainingGraphs(Model model, Compilation compilation, boolean weighted) {
    this.model = model;
    this.compilation = compilation;
    this.weighted = weighted;
  }

  /** The name of what a state becomes. */
  static String next(String name) {
    return name + ":new";
  }

  static String targetName(Model model, int output) {
    return model.outputNames().size() == 1 ? "target" : model.outputNames().get(output) + "_target";
  }

  static String sampleWeightName(Model model, int output) {
    return model.outputNames().size() == 1
        ? "sample_weight"
        : model.outputNames().get(output) + "_sample_weight";
  }

  /** The name of an optimizer's slot of a weight. */
  static String slotName(String weight, String slot) {
    return OPTIMIZER + weight + "/" + slot;
  }

  /** Loss and metrics of the model as it infers: nothing drops out and nothing changes. */
  Graph evaluation() {
    Draft draft = new Draft(false);
    return draft.graph("eval_step");
  }

  /**
   * The loss and its gradient with respect to every trainable weight, as {@code gradient(name)}.
   */
  Graph gradients() {
    Draft draft = new Draft(true);
    draft.outputs.keySet().removeIf(name -> !name.equals(LOSS));
    List<Value> gradients = draft.gradients();
    for (int i = 0; i < gradients.size(); i++) {
      draft.outputs.put("gradient(" + draft.trainable.get(i).name() + ")", gradients.get(i));
    }
    return draft.graph("gradients");
  }

  /** One step of the optimizer. */
  Graph step() {
    Draft draft = new Draft(true);
    draft.applyOptimizer(compilation.optimizer());
    draft.lowering.updates().forEach((w, value) -> draft.outputs.put(next(model.nameOf(w)), value));
    Value one = Value.scalar(ElementType.INT64, 1);
    draft.outputs.put(next(STEP), draft.step.add(one));
    return draft.graph("train_step");
  }

  /** A graph that is being put together: inputs and outputs by name. */
  private final class Draft {
    final Map<String, Value> inputs = new LinkedHashMap<>();
    final Map<String, Value> outputs = new LinkedHashMap<>();
    final List<Value> trainable = new ArrayList<>();
    final Lowering lowering;
    final Value step;
    final Value total;

    Draft(boolean training) {
      List<Value> xs = new ArrayList<>();
      for (int i = 0; i < model.inputNames().size(); i++) {
        Input input = model.inputs().get(i);
        xs.add(input(model.inputNames().get(i), input.type()));
      }
      step = Value.input(STEP, TensorType.scalar(ElementType.INT64));
      Value key = Value.input(RANDOM_KEY, TensorType.scalar(ElementType.INT64));
      lowering =
          training
              ? Lowering.training(this::weight, new RandomStream(key, step))
              : Lowering.inference(this::weight);
      List<Value> predictions = model.lower(lowering, xs);
      total = losses(predictions);
      inputs.put(STEP, step);
      inputs.put(RANDOM_KEY, key);
    }

    private Value input(String name, TensorType type) {
      return inputs.computeIfAbsent(name, n -> Value.input(n, type));
    }

    private Value weight(Weight weight) {
      Value value = input(model.nameOf(weight), weight.type());
      if (weight.isTrainable()) {
        trainable.add(value);
      }
      return value;
    }

    private Value losses(List<Value> predictions) {
      List<Loss> losses = compilation.losses(predictions.size());
      Value sum = null;
      for (int i = 0; i < losses.size(); i++) {
        Value prediction = predictions.get(i);
        Value target =
            input(targetName(model, i), losses.get(i).targetType(prediction.tensorType()));
        Value weight = sampleWeight(i, prediction);
        Value loss = losses.get(i).apply(target, prediction, weight);
        if (losses.size() > 1) {
          outputs.put(model.outputNames().get(i) + "_" + LOSS, loss);
        }
        Value counted = compilation.lossWeight(i) == 1 ? loss : loss.mul(compilation.lossWeight(i));
        sum = sum == null ? counted : sum.add(counted);
        measure(i, target, prediction, weight);
      }
      Value all = sum.add(penalties(sum));
      outputs.put(LOSS, all);
      return all;
    }

    private @Nullable Value sampleWeight(int output, Value prediction) {
      Dim batch = prediction.shape().dim(0);
      return weighted
          ? input(sampleWeightName(model, output), TensorType.of(ElementType.FLOAT32, batch))
          : null;
    }

    private void measure(int output, Value target, Value prediction, @Nullable Value weight) {
      for (Compilation.Reported reported : compilation.reported(output)) {
        Metric metric = reported.metric();
        List<Value> sums = metric.sums(target, prediction, reported.weighted() ? weight : null);
        for (int k = 0; k < sums.size(); k++) {
          outputs.put(sumName(metricName(model, output, metric), k), sums.get(k));
        }
      }
    }

    /** The regularizers' penalties of weights that train, and what layers add. */
    private Value penalties(Value like) {
      Value sum = lowering.losses().stream().reduce(like.zerosLike(), Value::add);
      for (Weight weight : model.weightStore().all().values()) {
        if (weight.regularizer() != null && weight.isTrainable()) {
          sum = sum.add(weight.regularizer().penalty(lowering.weight(weight)));
        }
      }
      return sum;
    }

    List<Value> gradients() {
      return compilation
          .choose(
              Gradients.of(total).wrt(trainable), name -> lowering.made(model.layers().get(name)))
          .values();
    }

    void applyOptimizer(Optimizer optimizer) {
      Value rate = input(LEARNING_RATE, TensorType.scalar(ElementType.FLOAT32));
      Value number = step.add(Value.scalar(ElementType.INT64, 1)).cast(ElementType.FLOAT32);
      List<Value> gradients = gradients();
      List<Optimizer.Variable> variables = new ArrayList<>();
      for (int i = 0; i < trainable.size(); i++) {
        Value weight = trainable.get(i);
        List<Value> slots = new ArrayList<>();
        for (Optimizer.Slot slot : optimizer.slots(weight)) {
          slots.add(input(slotName(weight.name(), slot.name()), slot.type()));
        }
        variables.add(new Optimizer.Variable(weight, gradients.get(i), slots, rate, number));
      }
      List<Optimizer.Update> updates = optimizer.apply(variables);
      for (int i = 0; i < updates.size(); i++) {
        Optimizer.Variable variable = variables.get(i);
        Weight weight = model.weightStore().all().get(variable.weight().name());
        Value updated = updates.get(i).weight();
        Constraint constraint = weight.constraint();
        outputs.put(
            next(variable.weight().name()),
            constraint == null ? updated : constraint.project(updated));
        for (int k = 0; k < variable.slots().size(); k++) {
          outputs.put(next(variable.slots().get(k).name()), updates.get(i).slots().get(k));
        }
      }
    }

    /** With only those inputs that are used, but always the batch. */
    Graph graph(String name) {
      lowering.javaSteps().forEach(s -> inputs.put(s.result().name(), s.result()));
      return Graphs.withUsedInputs(
          name, inputs, outputs, model.preprocessing().graphInputs().keySet());
    }
  }

  /** The name of a metric's k-th sum. */
  static String sumName(String metric, int k) {
    return metric + "/" + k;
  }

  /** The name of a metric in logs; with several outputs the output's name comes first. */
  static String metricName(Model model, int output, Metric metric) {
    return model.outputNames().size() == 1
        ? metric.name()
        : model.outputNames().get(output) + "_" + metric.name();
  }
}
