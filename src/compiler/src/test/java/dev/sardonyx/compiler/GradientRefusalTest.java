package dev.sardonyx.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.text.GraphText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators that gradients do not flow through; the graph's input x is what is asked for. */
class GradientRefusalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GRAD-004 | float32[*] | y = ai.onnx.ml.ArrayFeatureExtractor(x, [0, 1])"
            + " | ArrayFeatureExtractor cannot be differentiated in this form: it has no expansion"
            + " | give the model's inputs shapes, or use operators that have a gradient",
      })
  void operators(String code, String type, String statement, String message, String help) {
    String text = "graph g(x: %s) {\n  %s\n  return y = y\n}\n".formatted(type, statement);
    Graph graph = GraphText.parse(text, "t");
    Diagnostic d =
        assertThrows(DiagnosticException.class, () -> Gradients.of(graph, List.of("x")))
            .diagnostic();
    assertEquals(
        "%s %s\nhelp: %s".formatted(code, message, help),
        "%s %s\nhelp: %s".formatted(d.code(), d.message(), d.help()));
    assertEquals("t:2", d.at().toString());
  }

  @Test
  void loopsCarryNoOptionalThatMayBeAbsentAtFirst() {
    String text =
        """
        graph g(x: float32[2], o: optional(float32[2])) {
          t = Loop<body=graph b(i: int64[], c: bool[], s: optional(float32[2]); v: float32[2]) {
            there = OptionalGetElement(s)
            next = Add(there, v)
            return c = c, next = next
          }>(3, _, o, x)
          return y = t
        }
        """;
    Graph graph = GraphText.parse(text, "t");
    Diagnostic d =
        assertThrows(DiagnosticException.class, () -> Gradients.of(graph, List.of("x")))
            .diagnostic();
    assertEquals("GRAD-005", d.code());
    assertEquals(
        "Loop cannot be differentiated with a state that is optional(float32[2])", d.message());
    assertEquals("t:2", d.at().toString());
  }
}
