package dev.sardonyx.onnx;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.nio.file.Path;
import java.util.List;

/** Finds what is wrong with a model, all of it at once. */
public final class ModelCheck {
  private ModelCheck() {}

  /** Every problem of a file; none if it is read. */
  public static List<Diagnostic> problems(Path path) {
    try {
      OnnxFile.read(path);
      return List.of();
    } catch (DiagnosticException e) {
      return List.of(e.diagnostic());
    }
  }
}
