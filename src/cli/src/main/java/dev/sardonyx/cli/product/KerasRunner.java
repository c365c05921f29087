package dev.sardonyx.cli.product;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.cli.verify.Case;
import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.cli.verify.Outcome;
import dev.sardonyx.cli.verify.Settings;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.keras.Keras;
import dev.sardonyx.nn.Model;
import dev.sardonyx.runtime.Session;
import dev.sardonyx.testkit.Npy;
import dev.sardonyx.testkit.Tolerance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models that Keras saved, in each of the files of a case, and what they predicted there. */
final class KerasRunner {
  static final String ARCHITECTURE = "model.json";

  private final Product product;

  KerasRunner(Settings settings) {
    this(new Product(settings));
  }

  KerasRunner(Product product) {
    this.product = product;
  }

  Outcome run(Case one) throws IOException {
    Notes notes = Notes.in(one.folder());
    List<String> files = texts(notes.map().get("files"));
    // Weights alone are an architecture's, which is then none of its own.
    if (files.removeIf(KerasRunner::isWeights)) {
      files.remove(ARCHITECTURE);
      texts(notes.map().get("files")).stream().filter(KerasRunner::isWeights).forEach(files::add);
    }
    boolean refused = "refused".equals(notes.map().get("expect"));
    List<String> messages = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (String file : files) {
      try {
        check(one.folder(), file, notes);
        messages.add(file);
        if (refused) {
          failures.add(file + ": was not refused");
        }
      } catch (DiagnosticException e) {
        String first = e.getMessage().lines().findFirst().orElse("");
        (refused ? messages : failures).add(file + ": " + first);
      } catch (Mismatch | AssertionError e) {
        failures.add(file + ": " + e.getMessage());
      } catch (RuntimeException e) {
        failures.add("%s: %s at %s".formatted(file, e, e.getStackTrace()[0]));
      }
    }
    if (!failures.isEmpty()) {
      throw new Mismatch(String.join("; ", failures));
    }
    String message = String.join(" ", messages);
    return refused ? new Outcome(Outcome.Status.REFUSED, message, 0) : Outcome.ok(message);
  }

  /** One file of a folder whose {@code index.json} says what is expected of it. */
  Outcome runIndexed(Case one) throws IOException {
    String file = one.name().substring(one.name().lastIndexOf('/') + 1);
    Object notes = JSON.std.mapFrom(one.folder().resolve("index.json").toFile()).get(file);
    Object expected = notes instanceof Map<?, ?> map ? map.get("expect") : null;
    boolean refused = String.valueOf(expected).startsWith("refused");
    try (Model model = Keras.load(one.folder().resolve(file))) {
      if ("refused".equals(expected)) {
        throw new Mismatch("was not refused: " + model.outputNames());
      }
      return Outcome.ok(file);
    } catch (DiagnosticException e) {
      String first = e.getMessage().lines().findFirst().orElse("");
      if (!refused) {
        throw new Mismatch(first);
      }
      return new Outcome(Outcome.Status.REFUSED, first, 0);
    }
  }

  private void check(Path folder, String file, Notes notes) throws IOException {
    try (Model model = load(folder, file)) {
      double tolerance = ((Number) notes.map().get("tolerance")).doubleValue();
      List<Tensor> inputs = arrays(folder, notes.map().get("inputs"));
      List<Tensor> expected = arrays(folder, notes.map().get("outputs"));
      int calls = notes.map().get("calls") instanceof Number n ? n.intValue() : 1;
      List<Tensor> actual = predict(model, inputs, calls);
      if (actual.size() != expected.size()) {
        throw new Mismatch("%s outputs, expected %s".formatted(actual.size(), expected.size()));
      }
      for (int i = 0; i < expected.size(); i++) {
        new Tolerance(tolerance, tolerance)
            .check("output_" + i, expected.get(i), comparable(actual.get(i)));
      }
    }
  }

  static boolean isWeights(String file) {
    return file.endsWith("weights.h5");
  }

  private static Model load(Path folder, String file) {
    return isWeights(file)
        ? Keras.load(folder.resolve(ARCHITECTURE), folder.resolve(file))
        : Keras.load(folder.resolve(file));
  }

  /** Some calls in a row, between which stateful layers keep their states. */
  List<Tensor> predict(Model model, List<Tensor> inputs, int calls) {
    List<Tensor> prepared = model.preprocess(inputs);
    List<Tensor> results = new ArrayList<>();
    try (Session session = product.infer(model.graph())) {
      Map<String, Tensor> feeds = new LinkedHashMap<>();
      int next = 0;
      for (String name : session.inputs().keySet()) {
        boolean state = session.outputs().containsKey(name + ":new");
        feeds.put(
            name,
            state
                ? Tensor.zeros(
                    session.inputs().get(name).element(),
                    session.inputs().get(name).shape().fixed())
                : prepared.get(next++));
      }
      for (int call = 0; call < calls; call++) {
        Map<String, Tensor> outputs = session.run(feeds);
        model.outputNames().forEach(name -> results.add(outputs.get(name)));
        feeds.replaceAll((name, before) -> outputs.getOrDefault(name + ":new", before));
      }
    }
    return results;
  }

  /** Bfloat16, which NumPy does not have, is stored as float32. */
  private static Tensor comparable(Tensor tensor) {
    return tensor.element() == ElementType.BFLOAT16
        ? Tensor.from(ElementType.FLOAT32, tensor.toDoubleArray(), tensor.dims())
        : tensor;
  }

  private static List<Tensor> arrays(Path folder, Object described) throws IOException {
    List<Tensor> arrays = new ArrayList<>();
    for (Object item : (List<?>) described) {
      Map<?, ?> array = (Map<?, ?>) item;
      Path file = folder.resolve(String.valueOf(array.get("file")));
      arrays.add(file.toString().endsWith(".json") ? strings(file, array) : Npy.read(file));
    }
    return arrays;
  }

  private static Tensor strings(Path file, Map<?, ?> described) throws IOException {
    List<String> all = new ArrayList<>();
    Object read = JSON.std.anyFrom(file.toFile());
    flatten(read instanceof Map<?, ?> array ? array.get("data") : read, all);
    List<?> shape = (List<?>) described.get("shape");
    long[] dims = shape.stream().mapToLong(d -> ((Number) d).longValue()).toArray();
    return Tensor.ofStrings(all, dims);
  }

  private static void flatten(Object value, List<String> all) {
    if (value instanceof List<?> list) {
      list.forEach(item -> flatten(item, all));
    } else {
      all.add(String.valueOf(value));
    }
  }

  private static List<String> texts(Object list) {
    List<String> texts = new ArrayList<>();
    ((List<?>) list).forEach(item -> texts.add(String.valueOf(item)));
    return texts;
  }
}
