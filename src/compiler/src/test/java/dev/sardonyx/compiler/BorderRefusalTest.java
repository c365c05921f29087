package dev.sardonyx.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.text.GraphText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types that cannot be brought to ONNX Runtime, neither as they are nor carried by others. */
class BorderRefusalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GRAPH-020 | 2 | x: uint64[4] | ArgMax(x)"
            + " | ArgMax does not run on ONNX Runtime 1.29 on the CPU"
            + " | it has no kernel on these types, and the operator cannot be said in others; cast"
            + " its inputs or use other operators",
        "GRAPH-020 | 2 | x: float32[4], s: float32[]"
            + " | QuantizeLinear<output_dtype=17, saturate=0>(x, s)"
            + " | QuantizeLinear does not run on numbers of 8 bits or less"
            + " | it has no kernel on these types, and the operator cannot be said in others; cast"
            + " its inputs or use other operators",
        "GRAPH-022 | 1 | x: map(int64;float32[*]) | ai.onnx.ml.CastMap(x)"
            + " | a map(int64,float32[*]) cannot be given to a run"
            + " | give what is in it as tensors",
      })
  void types(String code, int line, String inputs, String statement, String message, String help) {
    String text =
        "graph g(%s) {\n  y = %s\n  return y = y\n}\n"
            .formatted(inputs.replace(';', ','), statement);
    Graph graph = GraphText.parse(text, "t");
    Diagnostic d =
        assertThrows(DiagnosticException.class, () -> Target.onnxRuntime129Cpu().prepare(graph))
            .diagnostic();
    assertEquals(
        "%s %s\nhelp: %s".formatted(code, message, help),
        "%s %s\nhelp: %s".formatted(d.code(), d.message(), d.help()));
    assertEquals("t:" + line, d.at().toString());
  }
}
