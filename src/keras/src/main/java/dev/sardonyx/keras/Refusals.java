package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;

/** What no architecture that Keras 3 has written can hold. */
final class Refusals {
  private Refusals() {}

  static DiagnosticException name(String name) {
    return new Diagnostic(
            "KERAS-042",
            "a layer's name has a / in it, as in a path: " + name,
            Location.current(),
            "config.json",
            "Keras 3 writes no such name; give the layer another one")
        .exception();
  }

  static DiagnosticException unsupported(String className, String what) {
    return new Diagnostic(
            "KERAS-041",
            "%s of Keras 2 cannot be brought in: %s".formatted(className, what),
            Location.current(),
            "class: " + className,
            "say that part of the network by other layers, and save it again")
        .exception();
  }
}
