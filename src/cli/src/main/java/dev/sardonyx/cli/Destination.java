package dev.sardonyx.cli;

import dev.sardonyx.onnx.ModelSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a command writes a model, and at which opset. */
final class Destination {
  static final int OLDEST = 13;
  static final int NEWEST = 28;

  private Destination() {}

  /** Refuses an output that would take the place of something. */
  static void requireFree(Path in, Path out, boolean force) throws IOException {
    if (!Files.exists(out)) {
      return;
    }
    if (Files.exists(in) && Files.isSameFile(in, out)) {
      throw Refusal.exists(
          out, "a model cannot be converted onto itself", "choose another name, then move it");
    }
    if (!force) {
      throw Refusal.exists(out, "the output exists", "choose another name, or add --force");
    }
    if (Files.isDirectory(out)) {
      throw Refusal.exists(out, "the output is a folder", "give the name of a file");
    }
  }

  /** The opset of a file, or the nearest that is written. */
  static int opset(Path in) {
    long declared = ModelSummary.read(in).opsets().getOrDefault("ai.onnx", (long) OLDEST);
    return (int) Math.max(OLDEST, Math.min(NEWEST, declared));
  }
}
