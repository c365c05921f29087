package dev.sardonyx.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values that do not make a graph. */
class GraphRefusalTest {
  private static final TensorType SCALAR = TensorType.parse("float32[]");

  private static Value input(String name) {
    return Value.input(name, SCALAR);
  }

  /** Expects a refusal that points at the line where the offending value was made. */
  private static void assertRefused(
      String code, String message, Value culprit, List<Value> inputs, Map<String, Value> outputs) {
    Diagnostic refused =
        assertThrows(DiagnosticException.class, () -> Graph.of("g", inputs, outputs)).diagnostic();
    assertEquals("[%s] %s".formatted(code, message), head(refused));
    assertEquals(culprit.node().at(), refused.at());
    assertEquals("GraphRefusalTest.java", refused.at().file());
    assertEquals("graph: g", refused.received());
  }

  private static String head(Diagnostic refused) {
    return "[%s] %s".formatted(refused.code(), refused.message());
  }

  @Test
  void aComputedValueIsNoInput() {
    Value x = input("x");
    Value y = x.neg();
    assertRefused(
        "GRAPH-003", y + " is listed as an input but computed", y, List.of(y), Map.of("y", y));
  }

  @Test
  void inputsAndParametersHaveNamesOfTheirOwn() {
    Value x = input("x");
    Value again = input("x");
    String message = "two different leaves are called x";
    assertRefused("GRAPH-004", message, again, List.of(x, again), Map.of("y", x.add(again)));
    Value parameter = Value.parameter("x", Tensor.scalar(1f));
    assertRefused("GRAPH-004", message, parameter, List.of(x), Map.of("y", x.add(parameter)));
    Value two = Value.parameter("w", Tensor.scalar(2f));
    Value three = Value.parameter("w", Tensor.scalar(3f));
    assertRefused(
        "GRAPH-004",
        "two different leaves are called w",
        three,
        List.of(),
        Map.of("y", two.add(three)));
  }

  @Test
  void everyInputThatIsUsedIsListed() {
    Value x = input("x");
    Value ghost = input("ghost");
    assertRefused(
        "GRAPH-005",
        "input ghost is used but not among the graph's inputs",
        ghost,
        List.of(x),
        Map.of("y", x.add(ghost)));
  }

  @Test
  void outputsHaveNamesOfTheirOwn() {
    Value x = input("x");
    Value y = x.neg();
    Diagnostic refused =
        assertThrows(
                DiagnosticException.class,
                () -> Graph.of("g", List.of(x), List.of(y, x), List.of("y", "y")))
            .diagnostic();
    assertEquals("[GRAPH-008] 2 outputs are called [y, y]", head(refused));
    assertEquals(y.node().at(), refused.at());
  }
}
