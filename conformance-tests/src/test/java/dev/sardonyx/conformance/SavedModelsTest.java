package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.cli.product.ProductWorker;
import dev.sardonyx.cli.verify.Settings;
import dev.sardonyx.cli.verify.Verification;
import dev.sardonyx.nn.ops.Operation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that Keras saved give Keras's numbers, each file of them, by the command's own walk. */
class SavedModelsTest {
  @TempDir Path scratch;

  @Test
  void verify() throws IOException, InterruptedException {
    Path json = scratch.resolve("report.json");
    new Verification(
            Settings.DEFAULT,
            Runtime.getRuntime().availableProcessors(),
            Duration.ofSeconds(60),
            List.of(),
            ProductWorker.class)
        .run(List.of(SavedModels.FOLDER), new PrintWriter(Writer.nullWriter()), true, json);
    List<String> failed = new ArrayList<>();
    int passed = 0;
    for (Object row : JSON.std.listFrom(json.toFile())) {
      Map<?, ?> outcome = (Map<?, ?>) row;
      if ("failed".equals(outcome.get("status"))) {
        failed.add(outcome.get("name") + ": " + outcome.get("message"));
      } else {
        passed++;
      }
    }
    assertEquals(List.of(), failed);
    assertTrue(passed > 500, passed + " cases");
  }

  @Test
  void everyLayerOfKerasHasACase() {
    hold("layers");
  }

  @Test
  void everyOperationHasACase() {
    TreeSet<String> without = hold("operations");
    without.removeAll(Operation.refused());
    assertEquals(new TreeSet<>(), without, "neither run nor refused by name");
  }

  /** What is in no case has a reason there, or is returned. */
  private TreeSet<String> hold(String kind) {
    TreeSet<String> without =
        SavedModels.families(kind + ".json").values().stream()
            .flatMap(List::stream)
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(without.size() > 140, without::toString);
    SavedModels.cases(kind + ".zip", scratch).forEach(one -> without.removeAll(one.classes()));
    without.removeAll(SavedModels.withoutCase(kind + ".json").keySet());
    if (kind.equals("layers")) {
      assertEquals(new TreeSet<>(), without);
    }
    return without;
  }
}
