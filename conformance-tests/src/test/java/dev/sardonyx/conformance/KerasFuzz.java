package dev.sardonyx.conformance;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.keras.Dataset;
import dev.sardonyx.keras.KerasFile;
import dev.sardonyx.keras.Limits;
import dev.sardonyx.keras.NamedWeights;
import dev.sardonyx.keras.ObjectWeights;
import java.nio.ByteBuffer;

/**
 * What is fuzzed: the reader of Keras's files.
 *
 * <p>Any bytes give a model, all of whose weights and assets can be read, or one refusal of four
 * lines.
 */
public final class KerasFuzz {
  private KerasFuzz() {}

  /** Called by Jazzer with bytes of its choice. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try (KerasFile file =
        KerasFile.of(ByteBuffer.wrap(bytes.clone()), "fuzz.keras", Limits.DEFAULT)) {
      file.assets().forEach(file::asset);
      readAll(file);
    } catch (DiagnosticException e) {
      if (e.getMessage().split("\n", -1).length != 4) {
        throw new AssertionError("not four lines: " + e.getMessage(), e);
      }
    }
  }

  private static void readAll(KerasFile file) {
    if (file.weights() instanceof ObjectWeights tree) {
      for (String path : tree.paths()) {
        tree.vars(path).forEach(Dataset::read);
        tree.named(path).values().forEach(Dataset::read);
      }
    } else if (file.weights() instanceof NamedWeights named) {
      named.layers().forEach(layer -> layer.weights().forEach(weight -> weight.data().read()));
    }
  }
}
