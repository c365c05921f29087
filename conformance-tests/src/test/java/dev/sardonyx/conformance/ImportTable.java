package dev.sardonyx.conformance;

import static dev.sardonyx.nn.layers.HashedCrossing.hashedCrossing;
import static dev.sardonyx.nn.layers.Hashing.hashing;
import static dev.sardonyx.nn.layers.IntegerLookup.integerLookup;
import static dev.sardonyx.nn.layers.StringLookup.stringLookup;
import static dev.sardonyx.nn.layers.TextVectorization.textVectorization;

import dev.sardonyx.conformance.SavedModels.Saved;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.layers.Hashing;
import dev.sardonyx.nn.layers.JavaLayer;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.ops.Operation;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What of Keras's layers and operations is imported: found by trying. */
final class ImportTable {
  /** Keras's families, in the order of its documentation, with the names that users know. */
  static final Map<String, String> TITLES = titles();

  /**
   * A layer's row.
   *
   * @param inference how a model with it predicts; empty where it does not
   * @param training whether a model with it trains
   * @param notes why not, and what else is to be known
   */
  record Row(String layer, String inference, String training, String notes) {
    boolean infers() {
      return !inference.equals("no");
    }

    boolean trains() {
      return training.equals("yes");
    }
  }

  private final List<Saved> cases;

  ImportTable(Path scratch) {
    cases = SavedModels.cases("layers.zip", scratch);
  }

  private static Map<String, String> titles() {
    Map<String, String> titles = new LinkedHashMap<>();
    titles.put("core", "Core");
    titles.put("convolutional", "Convolution");
    titles.put("pooling", "Pooling");
    titles.put("rnn", "Recurrent");
    titles.put("attention", "Attention");
    titles.put("normalization", "Normalization");
    titles.put("regularization", "Regularization");
    titles.put("activations", "Activations");
    titles.put("merging", "Merging");
    titles.put("reshaping", "Reshaping");
    titles.put("preprocessing", "Preprocessing");
    titles.put("preprocessing.image_preprocessing", "Images");
    titles.put("other", "Other frameworks");
    return titles;
  }

  /** The rows by family; what no model has a layer of (a base class) is left out. */
  SortedMap<String, List<Row>> rows() {
    Map<String, String> without = SavedModels.withoutCase("layers.json");
    SortedMap<String, List<Row>> rows = new TreeMap<>();
    SavedModels.families("layers.json")
        .forEach(
            (family, layers) -> {
              for (String layer : layers) {
                if (!isBase(without.get(layer))) {
                  String title = TITLES.containsKey(family) ? family : "other";
                  rows.computeIfAbsent(title, t -> new ArrayList<>()).add(row(layer));
                }
              }
            });
    return rows;
  }

  private static boolean isBase(@Nullable String reason) {
    return reason != null && (reason.startsWith("is what") || reason.startsWith("is no"));
  }

  private Row row(String layer) {
    String code = codeIn(layer);
    if (code != null) {
      return new Row(layer, "no", "no", "refused: " + code);
    }
    Class<? extends Layer> type = type(layer);
    if (type != null && JavaLayer.class.isAssignableFrom(type)) {
      String refusal = ofTexts(layer);
      String training = refusal == null ? "yes" : "no";
      String note = refusal == null ? "" : "; in training: " + refusal;
      return new Row(layer, "yes", training, "runs in Java before the graph" + note);
    }
    Optional<Saved> one = smallest(layer);
    if (one.isEmpty() || (type == null && !layer.equals("InputLayer"))) {
      return new Row(layer, "no", "no", "there is no such class");
    }
    String refusal = TrainingProbe.refusal(one.get());
    return refusal == null
        ? new Row(layer, "yes", "yes", "")
        : new Row(layer, "yes", "no", "in training: " + refusal);
  }

  /** Why a layer that no case is about does not train, or null. */
  private static @Nullable String ofTexts(String layer) {
    Tensor texts = Tensor.ofStrings(List.of("a", "b"), 2, 1);
    Tensor numbers = Tensor.of(new long[] {3, 1}, 2, 1);
    return switch (layer) {
      case "Hashing" -> TrainingProbe.refusal(hashing(3), List.of(texts));
      case "HashedCrossing" -> TrainingProbe.refusal(hashedCrossing(3), List.of(texts, numbers));
      case "IntegerLookup" -> TrainingProbe.refusal(integerLookup(1, 3), List.of(numbers));
      case "StringLookup" -> TrainingProbe.refusal(stringLookup(List.of("a")), List.of(texts));
      case "TextVectorization" ->
          TrainingProbe.refusal(textVectorization(List.of("a")), List.of(texts));
      default -> "it was not tried";
    };
  }

  /** The concrete class of a layer, or null. */
  private static @Nullable Class<? extends Layer> type(String layer) {
    try {
      Class<?> found =
          Class.forName(
              Hashing.class.getPackageName() + "." + layer, false, Hashing.class.getClassLoader());
      return Layer.class.isAssignableFrom(found) && !Modifier.isAbstract(found.getModifiers())
          ? found.asSubclass(Layer.class)
          : null;
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /** What a file with this layer is refused for, if for code in it. */
  private static @Nullable String codeIn(String layer) {
    Map<String, Object> described =
        Map.of("class_name", layer, "module", "keras.layers", "config", Map.of("name", "it"));
    Map<String, Object> model =
        Map.of(
            "class_name",
            "Sequential",
            "module",
            "keras",
            "config",
            Map.of("name", "probe", "layers", List.of(described)));
    try {
      Model.fromConfig(model).close();
      return null;
    } catch (DiagnosticException e) {
      String message = e.diagnostic().message();
      int code = message.indexOf("NN-096 ");
      return code < 0 ? null : message.substring(code + "NN-096 ".length());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private Optional<Saved> smallest(String layer) {
    return cases.stream()
        .filter(one -> !one.isRefused() && one.classes().contains(layer))
        .min(Comparator.comparing((Saved one) -> one.classes().size()).thenComparing(Saved::name));
  }

  /** Keras's operations by module: how many there are, and which of them are refused, with why. */
  static SortedMap<String, List<Row>> operations() {
    SortedMap<String, List<Row>> modules = new TreeMap<>();
    SavedModels.families("operations.json")
        .forEach(
            (module, names) ->
                modules.put(module, names.stream().map(ImportTable::operation).toList()));
    return modules;
  }

  private static Row operation(String name) {
    try {
      Operation.op(name);
      return new Row(name, "yes", "", "");
    } catch (DiagnosticException e) {
      String start = "the operation " + name + " ";
      String message = e.diagnostic().message();
      String why = message.startsWith(start) ? message.substring(start.length()) : message;
      return new Row(name, "no", "", why);
    }
  }
}
