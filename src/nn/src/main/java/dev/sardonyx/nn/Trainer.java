package dev.sardonyx.nn;

import dev.sardonyx.compiler.Pipeline;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.runtime.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Trains one compiled model. It owns what training adds to the model's weights, the optimizer's
 * slots and the number of steps, and the sessions that run the graphs of training.
 */
final class Trainer implements AutoCloseable {
  private final Model model;
  private final Compilation compilation;
  private final Trainability trainable;
  private final Map<String, Tensor> slots = new LinkedHashMap<>();
  private long step;
  private @Nullable StepSession stepSession;
  private @Nullable Session evalSession;
  private boolean evalWeighted;

  Trainer(Model model, Compilation compilation) {
    this.model = model;
    this.compilation = compilation;
    this.trainable = Trainability.of(model);
  }

  Model model() {
    return model;
  }

  Compilation compilation() {
    return compilation;
  }

  /** The number of steps taken since the model was compiled. */
  long step() {
    return stepSession != null ? stepSession.step() : step;
  }

  /** The optimizer's slots so far and the step, by the names that the graphs have for them. */
  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>(slots);
    if (stepSession != null) {
      state.putAll(stepSession.slots());
    }
    state.put(TrainingGraphs.STEP, Tensor.scalar(step()));
    return state;
  }

  /** Goes on from a state that {@link #state} gave. */
  void restore(Map<String, Tensor> state) {
    closeStep();
    slots.clear();
    slots.putAll(state);
    Tensor saved = slots.remove(TrainingGraphs.STEP);
    step = saved == null ? 0 : saved.getLong(0);
  }

  /** A graph of training, with layers frozen as they were when the model was compiled. */
  Graph graph(boolean weighted, Function<TrainingGraphs, Graph> which) {
    Trainability now = Trainability.of(model);
    trainable.restore();
    try {
      return optimize(which.apply(new TrainingGraphs(model, compilation, weighted)));
    } finally {
      now.restore();
    }
  }

  private static Graph optimize(Graph graph) {
    return Pipeline.training(Graphs.EVALUATOR).run(graph);
  }

  History fit(List<Tensor> x, List<Tensor> y, Fit options) {
    return new FitLoop(this, x, y, options).run();
  }

  Map<String, Double> trainOnBatch(List<Tensor> x, List<Tensor> y) {
    List<Tensor> xs = adaptInputs(x);
    List<Tensor> ys = adaptTargets(y);
    Samples.count(join(xs, ys));
    Totals totals = stepTotals(false);
    step(xs, ys, null, totals);
    return totals.logs();
  }

  /** Fresh totals of what the steps compute. */
  Totals stepTotals(boolean weighted) {
    return new Totals(model, compilation, stepSession(weighted).results());
  }

  /** Sets weights of which the optimizer keeps a moving average to it, as Keras does after fit. */
  void takeAverages() {
    String slot = compilation.optimizer().averageSlot();
    if (slot == null) {
      return;
    }
    Map<String, Tensor> state = state();
    Map<String, Tensor> averages = new LinkedHashMap<>();
    for (String weight : model.weightStore().all().keySet()) {
      Tensor average = state.get(TrainingGraphs.slotName(weight, slot));
      if (average != null) {
        averages.put(weight, average);
      }
    }
    model.setWeights(averages);
  }

  List<Tensor> adaptInputs(List<Tensor> x) {
    List<TensorType> types = model.inputs().stream().map(input -> input.type()).toList();
    return model.preprocessing().run(Samples.adapt("input", model.inputNames(), types, x));
  }

  List<Tensor> adaptTargets(List<Tensor> y) {
    List<TensorType> outputs = model.outputTypes();
    List<String> names = new ArrayList<>();
    List<TensorType> types = new ArrayList<>();
    int trained = Math.min(outputs.size(), compilation.losses(outputs.size()).size());
    for (int i = 0; i < trained; i++) {
      names.add(model.outputNames().get(i));
      types.add(compilation.losses(outputs.size()).get(i).targetType(outputs.get(i)));
    }
    List<Tensor> targets = Samples.adapt("target", names, types, y);
    for (int i = 0; i < trained; i++) {
      compilation.losses(outputs.size()).get(i).checkTargets(targets.get(i), outputs.get(i));
    }
    return targets;
  }

  /** One step on one batch: its loss and metrics are added to {@code totals}. */
  void step(List<Tensor> x, List<Tensor> y, @Nullable Tensor sampleWeight, Totals totals) {
    StepSession session = stepSession(sampleWeight != null);
    Map<String, Tensor> feeds = batch(x, y, sampleWeight);
    float rate = (float) compilation.optimizer().learningRate(session.step());
    feeds.put(TrainingGraphs.LEARNING_RATE, Tensor.scalar(rate));
    feeds.put(TrainingGraphs.RANDOM_KEY, Tensor.scalar(model.weightStore().seed()));
    Map<String, Tensor> results = session.run(feeds, totals.wanted());
    double loss = results.get(TrainingGraphs.LOSS).getDouble(0);
    if (!Double.isFinite(loss)) {
      session.undo();
      throw diverged(loss, session.step(), rate);
    }
    totals.add(results, x.get(0).dims()[0]);
  }

  private DiagnosticException diverged(double loss, long at, float rate) {
    return new Diagnostic(
            "NN-076",
            "the loss became %s at step %s; the weights are those before it".formatted(loss, at),
            Location.current(),
            "learning rate: %s   optimizer: %s"
                .formatted(rate, compilation.optimizer().className()),
            "lower the learning rate, clip gradients (clipnorm), or look for bad values in the data")
        .exception();
  }

  Map<String, Double> evaluate(
      List<Tensor> x, List<Tensor> y, @Nullable Tensor sampleWeight, int batchSize) {
    List<Tensor> xs = adaptInputs(x);
    List<Tensor> ys = adaptTargets(y);
    long rows = Samples.count(join(xs, ys));
    Tensor each = SampleWeights.own(sampleWeight, ys);
    Session session = evalSession(each != null);
    Map<String, Tensor> weights = model.weightValues();
    weights.keySet().retainAll(session.inputs().keySet());
    Totals totals = new Totals(model, compilation, session.outputs().keySet());
    for (long from = 0; from < rows; from += batchSize) {
      long to = Math.min(rows, from + batchSize);
      Tensor weightRows = each == null ? null : each.rows(from, to);
      Map<String, Tensor> feeds = batch(rows(xs, from, to), rows(ys, from, to), weightRows);
      feeds.keySet().retainAll(session.inputs().keySet());
      feeds.putAll(weights);
      totals.add(session.run(feeds, totals.wanted()), to - from);
    }
    return totals.logs();
  }

  static List<Tensor> rows(List<Tensor> tensors, long from, long to) {
    return tensors.stream().map(t -> t.rows(from, to)).toList();
  }

  static List<Tensor> join(List<Tensor> a, List<Tensor> b) {
    List<Tensor> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private Map<String, Tensor> batch(List<Tensor> x, List<Tensor> y, @Nullable Tensor sampleWeight) {
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    List<String> inputs = List.copyOf(model.preprocessing().graphInputs().keySet());
    for (int i = 0; i < x.size(); i++) {
      feeds.put(inputs.get(i), x.get(i));
    }
    for (int i = 0; i < y.size(); i++) {
      feeds.put(TrainingGraphs.targetName(model, i), y.get(i));
      if (sampleWeight != null) {
        feeds.put(TrainingGraphs.sampleWeightName(model, i), sampleWeight);
      }
    }
    return feeds;
  }

  private StepSession stepSession(boolean weighted) {
    if (stepSession != null && stepSession.isWeighted() != weighted) {
      closeStep();
    }
    if (stepSession == null) {
      Graph graph = graph(weighted, TrainingGraphs::step);
      stepSession = new StepSession(model.weightStore(), weighted, graph, slots, step);
    }
    return stepSession;
  }

  private Session evalSession(boolean weighted) {
    if (evalSession != null && evalWeighted != weighted) {
      evalSession.close();
      evalSession = null;
    }
    if (evalSession == null) {
      evalSession = Graphs.open(graph(weighted, TrainingGraphs::evaluation));
      evalWeighted = weighted;
    }
    return evalSession;
  }

  private void closeStep() {
    if (stepSession != null) {
      slots.putAll(stepSession.slots());
      step = stepSession.step();
      stepSession.close();
      stepSession = null;
    }
  }

  static Tensor zeros(TensorType type) {
    return Tensor.zeros(ElementType.FLOAT32, type.shape().fixed());
  }

  @Override
  public void close() {
    closeStep();
    if (evalSession != null) {
      evalSession.close();
      evalSession = null;
    }
  }
}
