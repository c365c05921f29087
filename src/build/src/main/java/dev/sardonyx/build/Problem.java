package dev.sardonyx.build;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Why a definition is not compiled.
 *
 * @param diagnostic what is wrong and where
 * @param source the source file that the diagnostic's location is in, if it was found
 * @param trace the stack trace of an exception that the definition threw, ending in the definition;
 *     empty for a diagnostic
 */
public record Problem(Diagnostic diagnostic, @Nullable Path source, String trace) {
  /**
   * The diagnostic's four lines with the source file's whole path, by which an editor finds it, and
   * the trace.
   */
  @Override
  public String toString() {
    Location at = diagnostic.at();
    Location place = source == null ? at : new Location(source.toString(), at.line(), at.detail());
    Diagnostic placed =
        new Diagnostic(
            diagnostic.code(),
            diagnostic.message(),
            place,
            diagnostic.received(),
            diagnostic.help());
    return trace.isEmpty() ? placed.toString() : placed + "\n" + trace;
  }
}
