package dev.sardonyx.nn;

import static dev.sardonyx.nn.losses.SparseCategoricalCrossentropy.sparseCategoricalCrossentropy;
import static dev.sardonyx.nn.optimizers.Adam.adam;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.compiler.Checkpointing;
import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.Fit.Verbosity;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training with layers that are computed again. */
class CheckpointingTest {
  private static final Blobs BLOBS = new Blobs(30);

  private static Model compiled(Checkpointing choice) {
    Model model = Blobs.network().seed(3);
    model.compile(
        Compilation.of(adam(0.05), sparseCategoricalCrossentropy()).checkpointing(choice));
    return model;
  }

  private static long segments(Model model) {
    return model.trainer().graph(false, TrainingGraphs::step).nodes().stream()
        .filter(node -> node.op() instanceof ControlFlow.If)
        .count();
  }

  private static Map<String, Tensor> trained(Model model) {
    model.fit(BLOBS.x, BLOBS.y, Fit.epochs(2).batchSize(8).verbosity(Verbosity.SILENT));
    return model.weightValues();
  }

  /** The masks of dropout are functions of the step: they are the same when computed again. */
  @ParameterizedTest
  @CsvSource({"auto, 1", "2, 1", "dropout, 1", "'dense,dropout', 2"})
  void trainsToTheSameBits(String choice, int segments) {
    try (Model all = compiled(Checkpointing.none());
        Model some = compiled(Checkpointing.parse(choice))) {
      assertEquals(0, segments(all));

      assertEquals(trained(all), trained(some));
    }
  }

  @Test
  void isSavedWithTheModel(@TempDir Path folder) {
    try (Model model = compiled(Checkpointing.after("dropout"))) {
      model.save(folder.resolve("model"));
    }
    try (Model model = Model.load(folder.resolve("model"))) {
      assertEquals(1, segments(model));
    }
  }

  @Test
  void aLayerThatIsNotThereIsRefused() {
    try (Model model = compiled(Checkpointing.after("conv"))) {
      DiagnosticException e = assertThrows(DiagnosticException.class, () -> segments(model));
      assertEquals("GRAD-012", e.diagnostic().code());
    }
    Value x = Value.input("x", TensorType.parse("float32[N]"));
    Checkpointing ofAGraph = Checkpointing.after(x);
    assertThrows(IllegalArgumentException.class, () -> compiled(ofAGraph));
  }
}
