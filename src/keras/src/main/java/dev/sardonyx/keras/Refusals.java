package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;

/** What of Keras 1 and 2 cannot be said in Keras 3. */
final class Refusals {
  private Refusals() {}

  static DiagnosticException unsupported(String className, String what) {
    return new Diagnostic(
            "KERAS-031",
            "%s of Keras 2 cannot be brought in: %s".formatted(className, what),
            Location.current(),
            "class: " + className,
            "say that part of the network by other layers, and save it again")
        .exception();
  }
}
