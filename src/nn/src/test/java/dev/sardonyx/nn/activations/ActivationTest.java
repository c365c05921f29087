package dev.sardonyx.nn.activations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import org.junit.jupiter.api.Test;

class ActivationTest {
  @Test
  void activationsHaveTheNamesOfKeras() {
    assertSame(Activation.RELU, Activation.of("relu"));
    Diagnostic refused =
        assertThrows(DiagnosticException.class, () -> Activation.of("rely")).diagnostic();
    assertEquals("[NN-032] there is no activation called rely", refused.toString().split("\n")[0]);
    assertEquals("ActivationTest.java", refused.at().file());
  }
}
