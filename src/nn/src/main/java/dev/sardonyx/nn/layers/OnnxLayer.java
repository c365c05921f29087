package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.Zeros;
import dev.sardonyx.onnx.OnnxFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A network from an ONNX file as a layer, to be trained on: {@code
 * onnxLayer(path).upTo("features").trainable(false)}.
 *
 * <p>The file's float32 parameters are the layer's weights, under their names. They train unless
 * they are frozen, with these exceptions. The means and variances of batch normalizations never
 * change: such an operator computes in inference form with the file's statistics, in training too,
 * as in PyTorch's {@code eval()}; its scale and bias train. Scalars, which exporters use for
 * constants, train only if {@link #unfreeze} names them. Parameters of other types and what the
 * file gives as constants stay as they are. Dropout, which a file for inference has no more, stays
 * away.
 *
 * <p>Data have the layout that the file has, for images mostly channels first.
 *
 * <p>A file written for a batch of one size takes any size here, if every value that depends on the
 * data keeps an axis of that extent; otherwise it is refused (NN-027).
 */
public final class OnnxLayer extends Layer {
  private @Nullable ImportedGraph graph;
  private final Set<String> frozen = new LinkedHashSet<>();
  private boolean fileNames;
  private boolean built;

  /** For files; in code, {@link #onnxLayer}. */
  OnnxLayer() {}

  private OnnxLayer(ImportedGraph graph) {
    this.graph = graph;
    graph.weights().values().stream()
        .map(value -> (Leaf.Parameter) value.op())
        .filter(parameter -> !parameter.trainable())
        .forEach(parameter -> frozen.add(parameter.name()));
  }

  /** The whole network in a file. */
  public static OnnxLayer onnxLayer(Path file) {
    return onnxLayer(OnnxFile.read(file));
  }

  /** A graph as a layer, its parameters as weights. */
  public static OnnxLayer onnxLayer(Graph graph) {
    List<Value> values = new ArrayList<>(graph.inputs());
    values.addAll(graph.outputs());
    for (Value value : values) {
      if (!(value.type() instanceof TensorType)) {
        throw refuse(
            "NN-023",
            "takes and gives tensors, and the network has a " + value.type(),
            graph.toString(),
            "export the network with tensors as inputs and outputs");
      }
    }
    return new OnnxLayer(ImportedGraph.of(graph));
  }

  /**
   * Cuts the network off at values inside it, which become the layer's results: at the last one
   * before the head, so that layers of your own can take its place. To be called before the layer
   * is applied.
   *
   * @param names what the file calls them; the refusal of another name lists them all
   */
  public OnnxLayer upTo(String... names) {
    requireUnbuilt("cut off");
    Set<String> known = graph().named().keySet();
    for (String name : names) {
      if (!known.contains(name)) {
        throw refuse(
            "NN-024", "has no value " + name, "values: " + known, "cut it off at one of these");
      }
    }
    graph = graph().upTo(List.of(names));
    frozen.retainAll(graph.weights().keySet());
    return this;
  }

  /**
   * Freezes the weights of these names, from the model's next compile on; {@code *} stands for any
   * characters and {@code ?} for one.
   */
  public OnnxLayer freeze(String... globs) {
    for (String glob : globs) {
      frozen.addAll(matching(glob, graph().weights().keySet()));
    }
    return mark();
  }

  /**
   * Lets the weights of these names train again. A scalar is named without a wildcard, before the
   * layer is applied.
   */
  public OnnxLayer unfreeze(String... globs) {
    for (String glob : globs) {
      Value scalar = graph().scalars().get(glob);
      if (scalar != null && !graph().weights().containsKey(glob)) {
        requireUnbuilt("given the weight " + glob);
        graph = graph().withWeight(scalar);
      }
      matching(glob, graph().weights().keySet()).forEach(frozen::remove);
    }
    return mark();
  }

  @Override
  public OnnxLayer trainable(boolean isTrainable) {
    super.trainable(isTrainable);
    return this;
  }

  @Override
  public OnnxLayer named(String newName) {
    super.named(newName);
    return this;
  }

  /**
   * Whether weights and outputs of a model are called as in the file, {@code conv1.weight}, and not
   * after the layer, {@code onnx_layer/conv1.weight}; false by default. It is for the only such
   * layer of a model.
   */
  public OnnxLayer fileNames(boolean isFileNames) {
    fileNames = isFileNames;
    return this;
  }

  @Override
  public String nameOf(Weight weight, String path) {
    return fileNames ? weight.name() : super.nameOf(weight, path);
  }

  @Override
  public String nameOfResult(int index, String layerName) {
    return fileNames ? graph().outputNames().get(index) : super.nameOfResult(index, layerName);
  }

  /** The names of the inputs that the network takes, in order. */
  public List<String> inputNames() {
    return graph().inputs().stream().map(v -> ((Leaf.Input) v.op()).name()).toList();
  }

  /** The types of these, as the file declares them. */
  public List<TensorType> inputTypes() {
    return graph().inputs().stream().map(Value::tensorType).toList();
  }

  private static Set<String> matching(String glob, Collection<String> names) {
    String expression =
        Arrays.stream(glob.split("(?<=[*?])|(?=[*?])"))
            .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
            .collect(Collectors.joining());
    Pattern pattern = Pattern.compile(expression, Pattern.DOTALL);
    Set<String> found = new LinkedHashSet<>(names);
    found.removeIf(name -> !pattern.matcher(name).matches());
    if (found.isEmpty()) {
      throw refuse(
          "NN-025",
          "has no weight " + glob,
          "weights: " + names,
          "name one of these; * stands for any characters and ? for one");
    }
    return found;
  }

  @Override
  protected void build(List<TensorType> inputs) {
    built = true;
    Set<String> statistics = graph().statistics();
    graph()
        .weights()
        .forEach(
            (name, value) -> {
              long[] dims = value.shape().fixed();
              Weight weight =
                  addWeight(name, Zeros.zeros(), null, !statistics.contains(name), dims);
              if (value.op() instanceof Leaf.Parameter parameter) {
                weight.set(parameter.tensor());
              }
            });
    mark();
  }

  private OnnxLayer mark() {
    weights().forEach(weight -> weight.frozen(frozen.contains(weight.name())));
    return this;
  }

  @Override
  protected List<Value> call(Call call, List<Value> data) {
    List<TensorType> given = data.stream().map(Value::tensorType).toList();
    boolean changed = check(given);
    List<Value> weights = weights().stream().map(call::weight).toList();
    if (!changed) {
      return graph().on(data, weights);
    }
    Dim batch = given.get(0).shape().dim(0);
    List<Value> results;
    try {
      results = graph().on(data, weights);
    } catch (DiagnosticException e) {
      throw fixedBatch(e.diagnostic().message() + ", " + e.diagnostic().at());
    }
    Value without = ImportedBatch.without(batch, data, results);
    if (without != null) {
      throw fixedBatch("%s has no axis %s, %s".formatted(without, batch, without.node().at()));
    }
    return results;
  }

  /** Refuses data that the network does not take; whether they have a batch of another size. */
  private boolean check(List<TensorType> given) {
    List<TensorType> declared = inputTypes();
    if (given.size() != declared.size()) {
      throw refuse(
          "NN-015",
          "takes %s inputs, got %s".formatted(declared.size(), given.size()),
          given,
          "its inputs are " + inputNames());
    }
    boolean changed = false;
    for (int i = 0; i < given.size(); i++) {
      String problem = ImportedBatch.mismatch(declared.get(i), given.get(i));
      if (problem != null) {
        throw refuse(
            "NN-026",
            "takes %s for %s: %s".formatted(declared.get(i), inputNames().get(i), problem),
            given,
            "give data as the file declares them; images are channels first in most files");
      }
      changed |= ImportedBatch.changes(declared.get(i), given.get(i));
    }
    return changed;
  }

  private DiagnosticException fixedBatch(String problem) {
    return refuse(
        "NN-027",
        "was exported for a batch of one size: " + problem,
        inputTypes(),
        "export the network again with its batch dynamic");
  }

  private void requireUnbuilt(String done) {
    if (built) {
      throw refuse(
          "NN-028",
          "cannot be %s after it was applied".formatted(done),
          "layer made at " + at(),
          "say so where the layer is made");
    }
  }

  private ImportedGraph graph() {
    if (graph == null) {
      throw new IllegalStateException("the layer has not been read yet");
    }
    return graph;
  }

  private static DiagnosticException refuse(
      String code, String message, String received, String help) {
    return new Diagnostic(code, "OnnxLayer " + message, Location.current(), received, help)
        .exception();
  }

  /** The graph without its weights' values as an ONNX file in Base64, and what is frozen. */
  @Override
  public void configure(Config config) {
    super.configure(config);
    fileNames = config.flag("file_names", fileNames);
    int inputs = graph == null ? 0 : graph.inputs().size();
    String bytes = graph == null ? "" : Base64.getEncoder().encodeToString(graph.bytes());
    int read = Math.toIntExact(config.integer("inputs", inputs));
    String text = config.text("graph", bytes);
    Object names = config.json("frozen", List.copyOf(frozen));
    if (graph == null) {
      graph = ImportedGraph.read(Base64.getDecoder().decode(text), read);
      ((List<?>) names).forEach(name -> frozen.add(String.valueOf(name)));
    }
  }
}
