package dev.sardonyx.build;

import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.layers.SymbolicTensor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls one definition and writes its model; the only class that is compiled against layers. */
final class DefinitionRun {
  private final Definition definition;
  private final WorkOrder order;

  private DefinitionRun(Definition definition, WorkOrder order) {
    this.definition = definition;
    this.order = order;
  }

  /** What the model takes and gives. */
  static List<Message> run(Definition definition, WorkOrder order) throws Exception {
    return new DefinitionRun(definition, order).run();
  }

  private List<Message> run() throws Exception {
    try (Model model = call()) {
      loadWeights(model);
      if (model.name() == null) {
        String resource = definition.resource();
        model.named(resource.substring(resource.lastIndexOf('/') + 1));
      }
      Path file = order.staging().resolve(definition.file());
      Files.createDirectories(file.getParent());
      model.export(file);
      List<Message> ports = new ArrayList<>();
      describe("input", model.inputNames(), model.inputs(), ports);
      describe("output", model.outputNames(), model.outputs(), ports);
      return ports;
    }
  }

  private Model call() throws Exception {
    Method method = Class.forName(definition.className()).getDeclaredMethod(definition.method());
    method.setAccessible(true);
    Model model = (Model) method.invoke(null);
    if (model == null) {
      throw Refusal.returnedNull(definition).exception();
    }
    return model;
  }

  private void loadWeights(Model model) throws IOException {
    if (definition.weights().isEmpty()) {
      return;
    }
    Path file = order.baseDirectory().resolve(definition.weights());
    model.loadWeights(Files.exists(file) ? file : copyOfResource(file));
  }

  /** The reader of weights wants a file, which a resource in an archive is not. */
  private Path copyOfResource(Path missing) throws IOException {
    try (InputStream in = resource()) {
      if (in == null) {
        throw Refusal.noWeights(definition, missing).exception();
      }
      Path directory = order.report().resolveSibling("weights");
      Path copy = directory.resolve(definition.weights());
      Files.createDirectories(copy.getParent());
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      return copy;
    }
  }

  private @Nullable InputStream resource() {
    return ClassLoader.getSystemResourceAsStream(definition.weights());
  }

  private static void describe(
      String verb, List<String> names, List<? extends SymbolicTensor> ports, List<Message> to) {
    for (int i = 0; i < names.size(); i++) {
      TensorType type = ports.get(i).type();
      to.add(Message.of(verb, names.get(i), type.toString()));
    }
  }
}
