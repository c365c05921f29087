package dev.sardonyx.cli.product;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.testkit.Tolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What a case's {@code case.json} says; nothing where there is none. */
record Notes(Map<String, Object> map) {
  static Notes in(Path folder) throws IOException {
    Path file = folder.resolve("case.json");
    return new Notes(Files.exists(file) ? JSON.std.mapFrom(file.toFile()) : Map.of());
  }

  /** The tolerance of outputs; the standard's where the case does not say. */
  Tolerance tolerance() {
    return tolerance("");
  }

  Tolerance gradientTolerance() {
    return tolerance("gradient_");
  }

  private Tolerance tolerance(String prefix) {
    return new Tolerance(
        number(prefix + "rtol", Tolerance.STANDARD.relative()),
        number(prefix + "atol", Tolerance.STANDARD.absolute()));
  }

  private double number(String key, double fallback) {
    return map.get(key) instanceof Number number ? number.doubleValue() : fallback;
  }
}
