package com.example.iris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Main} printed when the build ran it as it is shipped. */
class PredictionsTest {
  private final List<String> lines = lines();

  private static List<String> lines() {
    try {
      return Files.readAllLines(Path.of("target", "predictions.txt"));
    } catch (IOException e) {
      throw new AssertionError("the build runs Main before the tests", e);
    }
  }

  /**
   * The first three are the first of each species in Fisher's table. The last is a versicolor that
   * his discriminants take for a virginica: W x + b is (19.00, 80.09, 81.18), so that versicolor
   * gets 1 / (1 + exp(81.18 - 80.09)) = 25 %.
   */
  @Test
  void flowersAreToldApart() {
    int table = lines.indexOf("sepal in cm   petal in cm    setosa  versicolor  virginica");
    assertEquals(
        List.of(
            "  5.1 x 3.5     1.4 x 0.2    100.0 %       0.0 %      0.0 %",
            "  7.0 x 3.2     4.7 x 1.4      0.0 %     100.0 %      0.0 %",
            "  6.3 x 3.3     6.0 x 2.5      0.0 %       0.0 %    100.0 %",
            "  5.9 x 3.2     4.8 x 1.8      0.0 %      25.3 %     74.7 %"),
        lines.subList(table + 1, table + 5));
  }

  /** The model's definition, the layers, the compiler and protobuf stayed in the build. */
  @Test
  void nothingButTheRuntimeIsNeeded() {
    List<String> classPath =
        lines.subList(lines.indexOf("On its class path, and no more:") + 1, lines.size());
    assertEquals(4, classPath.size(), classPath.toString());
    for (String needed :
        List.of("/target/classes/", "runtime", "/ir/|sardonyx-ir-", "onnxruntime-")) {
      assertTrue(
          classPath.stream().anyMatch(entry -> entry.matches(".*(" + needed + ").*")),
          () -> needed + " in " + classPath);
    }
  }
}
