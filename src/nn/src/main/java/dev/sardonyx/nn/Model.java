package dev.sardonyx.nn;

import dev.sardonyx.compiler.Target;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.layers.ArgumentLayer;
import dev.sardonyx.nn.layers.Arguments;
import dev.sardonyx.nn.layers.Call;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.layers.JavaLayer;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.Masked;
import dev.sardonyx.nn.layers.OnnxLayer;
import dev.sardonyx.nn.layers.State;
import dev.sardonyx.nn.layers.SymbolicTensor;
import dev.sardonyx.nn.layers.SymbolicTensor.Application;
import dev.sardonyx.nn.layers.Weight;
import dev.sardonyx.nn.losses.Loss;
import dev.sardonyx.nn.metrics.Metric;
import dev.sardonyx.nn.optimizers.Optimizer;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.OnnxFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network: inputs, outputs and the layers between them, with Keras's methods. A model is a layer
 * too, and can be part of another one.
 *
 * <p>It holds sessions of the runtime once it has computed something; {@link #close} frees them,
 * and they come back when they are needed. One thread at a time; an exported file, run by the
 * runtime, serves many.
 */
public final class Model extends ArgumentLayer implements AutoCloseable {
  private final List<Input> inputs;
  private final List<SymbolicTensor> outputs;
  private final Wiring wiring;
  private final WeightStore weightStore;
  private @Nullable Preprocessing preprocessing;
  private @Nullable Inference inference;
  private @Nullable Trainer trainer;

  private Model(List<Input> inputs, List<SymbolicTensor> outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.wiring = Wiring.of(inputs, outputs);
    this.weightStore = new WeightStore(wiring.layers());
  }

  /** The model from {@code input} to {@code output}. */
  public static Model of(Input input, SymbolicTensor output) {
    return of(List.of(input), List.of(output));
  }

  /** The model from several inputs to several outputs. */
  public static Model of(List<Input> inputs, List<? extends SymbolicTensor> outputs) {
    return new Model(List.copyOf(inputs), List.copyOf(outputs));
  }

  /**
   * The model that a Keras 3 configuration describes, {@code {"class_name": …, "config": …}}, as
   * {@code model.to_json()} and {@link #serialize} give it. Its weights are new.
   */
  public static Model fromConfig(Map<String, Object> serialized) {
    return fromConfig(serialized, new CustomLayers());
  }

  /** As {@link #fromConfig(Map)}, with Java layers for custom classes. */
  public static Model fromConfig(Map<String, Object> serialized, CustomLayers custom) {
    return ModelBuilder.read(serialized, custom);
  }

  /**
   * The network in an ONNX file, to be trained on: a model of one {@link OnnxLayer}, whose inputs,
   * outputs and weights are called as in the file. Where its head is to be replaced, make the layer
   * yourself.
   */
  public static Model fromOnnx(Path file) {
    return of(OnnxLayer.onnxLayer(file));
  }

  /** The model of an imported network alone, called as in {@link #fromOnnx}. */
  public static Model of(OnnxLayer network) {
    network.fileNames(true);
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < network.inputNames().size(); i++) {
      inputs.add(Input.of(network.inputTypes().get(i)).named(network.inputNames().get(i)));
    }
    return of(inputs, network.applyAll(inputs));
  }

  // --- what it is ---

  public List<Input> inputs() {
    return inputs;
  }

  public List<SymbolicTensor> outputs() {
    return outputs;
  }

  public List<String> inputNames() {
    return wiring.inputNames();
  }

  /** Each output is called after the layer that computes it. */
  public List<String> outputNames() {
    return wiring.outputNames();
  }

  /** The layers by name, in the order of their first use. */
  public Map<String, Layer> layers() {
    return wiring.layers();
  }

  /** The layer of this name; refused if there is none. */
  public Layer layer(String layerName) {
    Layer layer = wiring.layers().get(layerName);
    if (layer == null) {
      throw new Diagnostic(
              "NN-065",
              "the model has no layer " + layerName,
              Location.current(),
              "layers: " + wiring.layers().keySet(),
              "ask for one of these")
          .exception();
    }
    return layer;
  }

  List<Application> applications() {
    return wiring.applications();
  }

  /** Keras's table of layers, output shapes and parameters, printed to standard output. */
  public void summary() {
    System.out.print(Summary.of(this));
  }

  /** What {@link #summary} prints. */
  public String summaryText() {
    return Summary.of(this);
  }

  // --- weights ---

  WeightStore weightStore() {
    return weightStore;
  }

  String nameOf(Weight weight) {
    return weightStore.nameOf(weight);
  }

  /**
   * Chooses the random numbers of this model: first weights, shuffling, dropout. The default is 0,
   * so that two runs of a program agree; weights that have a value keep it.
   */
  public Model seed(long seed) {
    weightStore.seed(seed);
    return this;
  }

  /** All weights by name, {@code layer/kernel}, in the order of the layers. */
  public Map<String, Tensor> weightValues() {
    return weightStore.values();
  }

  /** Sets the weights of these names; refused as a whole if a name or shape does not fit. */
  public void setWeights(Map<String, Tensor> values) {
    weightStore.set(values);
  }

  public void setWeight(String weightName, Tensor value) {
    setWeights(Map.of(weightName, value));
  }

  /** The number of elements of all weights. */
  public long countParams() {
    return weightStore.all().values().stream().mapToLong(Weight::size).sum();
  }

  /** Freezes every layer of the model, or lets them train again, from the next compile on. */
  @Override
  public Model trainable(boolean isTrainable) {
    super.trainable(isTrainable);
    layers().values().forEach(layer -> layer.trainable(isTrainable));
    return this;
  }

  @Override
  public Model named(String newName) {
    super.named(newName);
    return this;
  }

  // --- as a layer ---

  @Override
  public List<Weight> weights() {
    return List.copyOf(weightStore.all().values());
  }

  @Override
  public Map<String, Layer> parts() {
    return wiring.layers();
  }

  @Override
  public String className() {
    return "Functional";
  }

  @Override
  public boolean takesList() {
    return inputs.size() > 1;
  }

  @Override
  public void configure(Config config) {
    throw new IllegalStateException("a model's configuration is ModelConfig's");
  }

  @Override
  public Map<String, Object> config() {
    return ModelConfig.of(this);
  }

  /**
   * The architecture as Keras 3 writes it, {@code model.to_json()}; {@link #fromConfig} reads it.
   * Dimensions' names, which Keras does not have, are kept beside its shapes as {@code
   * sardonyx_type}.
   */
  @Override
  public Map<String, Object> serialize() {
    return KerasObject.of(this, null);
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> arguments) {
    List<Masked> values = arguments.tensors();
    if (values.size() != inputs.size()) {
      throw refuse(
          "NN-015",
          "takes %s inputs, got %s".formatted(inputs.size(), values.size()),
          values.stream().map(v -> v.value().tensorType()).toList(),
          "its inputs are " + inputNames());
    }
    Map<SymbolicTensor, Masked> known = new IdentityHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      known.put(inputs.get(i), cast(values.get(i), inputs.get(i).type().element()));
    }
    Map<Application, List<Masked>> results = new IdentityHashMap<>();
    for (Application application : wiring.applications()) {
      Arguments<Masked> taken = application.arguments().map(t -> find(t, known, results));
      List<Masked> given =
          Location.within(application.at(), () -> application.layer().lower(call, taken));
      results.put(application, given);
      if (call instanceof Lowering lowering) {
        lowering.made(application.layer(), Masked.values(given));
      }
      if (application.layer().takesMasksOff()) {
        withoutMasks(application, known, results);
      }
    }
    return outputs.stream().map(t -> find(t, known, results)).toList();
  }

  // Tensors that the layer casts are copies in Keras: those keep their masks.
  private static void withoutMasks(
      Application application,
      Map<SymbolicTensor, Masked> inputs,
      Map<Application, List<Masked>> results) {
    ElementType own = application.layer().dtype().compute();
    for (SymbolicTensor tensor : application.arguments().tensors()) {
      Masked masked = find(tensor, inputs, results);
      Masked bare = Masked.of(masked.value());
      Application made = tensor.application();
      if (masked.mask() == null || masked.value().element() != own) {
        continue;
      }
      if (made == null) {
        inputs.put(tensor, bare);
      } else {
        List<Masked> others = new ArrayList<>(results.get(made));
        others.set(tensor.index(), bare);
        results.put(made, others);
      }
    }
  }

  private static Masked cast(Masked given, ElementType element) {
    boolean numbers = given.value().element().isNumeric() && element.isNumeric();
    return numbers ? new Masked(given.value().cast(element), given.mask()) : given;
  }

  /** As in Keras, each input is cast to what it was declared as, and no further. */
  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  public List<State> states() {
    return layers().values().stream().flatMap(layer -> layer.states().stream()).toList();
  }

  private static Masked find(
      SymbolicTensor tensor,
      Map<SymbolicTensor, Masked> inputs,
      Map<Application, List<Masked>> results) {
    Application made = tensor.application();
    return made == null ? inputs.get(tensor) : results.get(made).get(tensor.index());
  }

  // --- as a graph ---

  /**
   * The graph for inference, its weights as parameters. What stateful layers keep comes in as
   * {@code state_0} and goes out as {@code state_0:new}; what {@link #preprocessingLayers} make
   * comes in as {@code preprocessed_0}.
   */
  public Graph graph() {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      String input = inputNames().get(i);
      values.put(input, Value.input(input, inputs.get(i).type()));
    }
    Lowering lowering =
        Lowering.inference(w -> Value.parameter(nameOf(w), weightStore.value(w), w.isTrainable()));
    List<Value> results = lower(lowering, List.copyOf(values.values()));
    Map<String, Value> named = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      named.put(outputNames().get(i), results.get(i));
    }
    lowering.javaSteps().forEach(step -> values.put(step.result().name(), step.result()));
    values.keySet().retainAll(preprocessing().graphInputs().keySet());
    lowering
        .states()
        .forEach(
            (state, before) -> {
              values.put(before.name(), before);
              named.put(TrainingGraphs.next(before.name()), lowering.kept().get(state));
            });
    String graphName = name() == null ? "model" : name();
    return Graph.of(
        graphName,
        List.copyOf(values.values()),
        List.copyOf(named.values()),
        List.copyOf(named.keySet()));
  }

  /** What runs in Java in front of the graph. */
  Preprocessing preprocessing() {
    if (preprocessing == null) {
      preprocessing = Preprocessing.of(this);
    }
    return preprocessing;
  }

  /**
   * The layers that run in Java in front of the graph, because ONNX has no operators for them; an
   * exported file takes their results. Mostly there are none.
   */
  public List<JavaLayer> preprocessingLayers() {
    return preprocessing().layers();
  }

  /** What an exported file takes in the place of {@code data}, which the model would take. */
  public List<Tensor> preprocess(List<Tensor> data) {
    List<TensorType> types = inputs.stream().map(SymbolicTensor::type).toList();
    return preprocessing().run(Samples.adapt("input", inputNames(), types, data));
  }

  /** Lets what stateful layers keep between calls be zeros again. */
  public void resetStates() {
    if (inference != null) {
      inference.resetStates();
    }
  }

  /**
   * Writes the model for inference as an ONNX file of opset 18. What an imported network has beyond
   * that is said in operators of that opset, or the opset is a newer one.
   */
  public void export(Path file) {
    Target.Prepared prepared =
        Target.opsetFrom(Export.DEFAULT.opset()).prepare(Inference.graph(this));
    OnnxFile.write(prepared.graph(), file, Export.atOpset(prepared.opset()));
  }

  /** The same as {@code options} say; refused where operators are not there at their opset. */
  public void export(Path file, Export options) {
    OnnxFile.write(Inference.graph(this), file, options);
  }

  /**
   * Writes what training needs as files of standard ONNX: {@code gradients.onnx}, {@code
   * train_step.onnx}, {@code eval_step.onnx}, and {@code checkpoint.safetensors} with the present
   * weights and optimizer state. The model must be compiled.
   */
  public void exportTraining(Path directory) {
    TrainingFiles.write(trainer(), directory);
  }

  // --- training ---

  /** What to train with: one loss for every output, and metrics for the first. */
  public void compile(Optimizer optimizer, Loss loss, Metric... metrics) {
    compile(Compilation.of(optimizer, loss).metrics(metrics));
  }

  /**
   * What to train with. The optimizer starts afresh; which layers are frozen is settled here, as in
   * Keras.
   */
  public void compile(Compilation compilation) {
    closeTrainer();
    trainer = new Trainer(this, compilation);
  }

  /** The trainer of a compiled model; refused before {@link #compile}. */
  Trainer trainer() {
    if (trainer == null) {
      throw new Diagnostic(
              "NN-067",
              "the model is not compiled",
              Location.current(),
              "model: " + inputNames() + " -> " + outputNames(),
              "call compile(optimizer, loss, metrics…) first")
          .exception();
    }
    return trainer;
  }

  /** Trains for 1 epoch in batches of 32, shuffled. */
  public History fit(Tensor x, Tensor y) {
    return fit(x, y, Fit.epochs(1));
  }

  /**
   * Trains on samples {@code x}, the first axis, with targets {@code y}. Numbers are converted to
   * the types that the model and its loss take.
   */
  public History fit(Tensor x, Tensor y, Fit options) {
    return fit(List.of(x), List.of(y), options);
  }

  /** Trains a model of several inputs and outputs, in the order of their names. */
  public History fit(List<Tensor> x, List<Tensor> y, Fit options) {
    return trainer().fit(x, y, options);
  }

  /** One step of the optimizer on one batch; returns the loss and metrics before it. */
  public Map<String, Double> trainOnBatch(Tensor x, Tensor y) {
    return trainer().trainOnBatch(List.of(x), List.of(y));
  }

  public Map<String, Double> trainOnBatch(List<Tensor> x, List<Tensor> y) {
    return trainer().trainOnBatch(x, y);
  }

  /** Loss and metrics of the samples, in batches of 32. */
  public Map<String, Double> evaluate(Tensor x, Tensor y) {
    return evaluate(List.of(x), List.of(y), null, 32);
  }

  /**
   * @param sampleWeight a weight for every sample, or null for ones
   */
  public Map<String, Double> evaluate(
      List<Tensor> x, List<Tensor> y, @Nullable Tensor sampleWeight, int batchSize) {
    return trainer().evaluate(x, y, sampleWeight, batchSize);
  }

  // --- inference ---

  /** The first output for samples {@code x}, in batches of 32. */
  public Tensor predict(Tensor x) {
    return predict(List.of(x), 32).get(0);
  }

  /** All outputs for samples {@code x}, in batches of {@code batchSize}. */
  public List<Tensor> predict(List<Tensor> x, int batchSize) {
    if (inference == null) {
      inference = new Inference(this);
    }
    return inference.predict(x, batchSize);
  }

  // --- files ---

  /**
   * Saves architecture, weights and, if compiled, the state of training into one file that {@link
   * #load} reads. Layers of your own cannot be described in it: save their weights.
   *
   * <p>A file called {@code .keras} or {@code .h5} is Keras's, where {@code sardonyx-keras} is on
   * the class path: Keras loads it, and it has no state of training.
   */
  public void save(Path file) {
    ModelFile.save(this, file);
  }

  /**
   * The model that {@link #save} wrote, compiled if it was; or one that Keras saved, where {@code
   * sardonyx-keras} is on the class path.
   */
  public static Model load(Path file) {
    return ModelFile.load(file);
  }

  /** Writes the weights by name as a safetensors file. */
  public void saveWeights(Path file) {
    Safetensors.write(file, weightValues(), Map.of());
  }

  /** Reads what {@link #saveWeights} wrote; every weight must be there, in its shape. */
  public void loadWeights(Path file) {
    Map<String, Tensor> values = Safetensors.read(file);
    List<String> missing = new ArrayList<>(weightStore.all().keySet());
    missing.removeAll(values.keySet());
    if (!missing.isEmpty()) {
      throw new Diagnostic(
              "NN-064",
              "the file lacks the weights " + missing,
              Location.current(),
              file.getFileName() + ": " + values.keySet(),
              "load weights that were saved by a model of the same layers")
          .exception();
    }
    setWeights(values);
  }

  // --- sessions ---

  @Nullable Trainer trainerOrNull() {
    return trainer;
  }

  private void closeTrainer() {
    if (trainer != null) {
      trainer.close();
      trainer = null;
    }
  }

  /** Frees the native sessions. The model stays usable and makes new ones when it needs them. */
  @Override
  public void close() {
    if (trainer != null) {
      trainer.close();
    }
    if (inference != null) {
      inference.close();
      inference = null;
    }
  }

  /** The types of the outputs. */
  List<TensorType> outputTypes() {
    return Collections.unmodifiableList(outputs.stream().map(SymbolicTensor::type).toList());
  }
}
