package dev.sardonyx.ir.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
  private static Diagnostic refused(String text) {
    return assertThrows(DiagnosticException.class, () -> GraphText.parse(text, "t")).diagnostic();
  }

  /** Each row is one statement on the second line of a graph that is otherwise in order. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TEXT-001 | 13 | y = Relu(x, | expected a value, found \"return\"",
        "TEXT-001 | 10 | y = Relu x) | expected \"(\", found \"x\"",
        "TEXT-001 |  5 | y = (x)     | expected an operator or a constant, found \"(\"",
        "TEXT-001 |  3 | y : float32[] | expected \"=\", found \":\"",
        "TEXT-001 |  1 | = Relu(x)   | expected a statement, or \"return\", found \"=\"",
        "TEXT-001 | 12 | y = Cast<to>(x) | expected \"=\", found \">\"",
        "TEXT-001 | 13 | y = Cast<to=>(x) | expected an attribute's value, found \">\"",
        "TEXT-002 | 10 | y = Relu(h) | nothing is called h here",
        "TEXT-002 | 10 | y = Relu(%9) | nothing is called %9 here",
        "TEXT-003 |  1 | x = Relu(x) | x is declared twice",
        "TEXT-003 | 20 | y = Cast<to=int32, to=int32>(x) | attribute to is given twice",
        "TEXT-004 |  5 | y = Rely(x) | there is no operator Rely",
        "TEXT-004 |  5 | y = com.acme.Relu(x) | there is no operator com.acme.Relu",
        "TEXT-005 |  1 | y = Relu(x) : float32[M] | the line says [float32[M]], but the result is",
        "TEXT-006 | 16 | y = float32[9] ... | the data has been left out",
        "TEXT-007 | 13 | y = int8[1] [128] | 128 lies outside int8's range -128 to 127",
        "TEXT-007 | 14 | y = uint8[1] [-1] | -1 lies outside uint8's range 0 to 255",
        "TEXT-007 |  5 | y = [1, 9223372036854775808] | this is no int64[2]",
        "TEXT-007 |  5 | y = []      | an empty list has no type",
        "TEXT-007 | 16 | y = float32[2] [1.0] | float32[2] has 2 elements, got 1",
        "TEXT-007 | 16 | y = float32[N] [1.0] | data cannot have the type float32[N]",
        "TEXT-007 | 17 | y = float32[-2] [1.0] | data cannot have the type float32[-2]",
        "TEXT-007 | 13 | y = int4[1] [1] | int4 has no literals",
        "TEXT-007 | 16 | y = float32[1] base64 \"AAA=\" | float32[1] needs 4 bytes, got 2",
        "TEXT-007 | 16 | y = float32[1] base64 \"?\" | this is no data of a float32[1]",
        "TEXT-007 | 15 | y = string[1] base64 \"AAAA\" | strings cannot be given as base64",
        "TEXT-007 | 11 | y = [1.0, \"a\"] | the quoted text \"a\" is no float32",
        "TEXT-007 | 28 | y = LeakyRelu<alpha=0.1, b=99999999999999999999>(x) | does not fit 64 bits",
        "TEXT-008 |  5 | y = float32[N**] [1.0] | [N**] is no shape",
        "TEXT-008 |  5 | y = float32[9*9223372036854775807] [1.0] | is no shape",
        "TEXT-009 |  5 | y = \"a | this quote is never closed",
        "TEXT-009 |  7 | y = [\"\\q\"] | \\q is no escape",
        "TEXT-009 | 11 | y = [\"\\u00g0\"] | \\u needs four hexadecimal digits",
        "TEXT-009 | 12 | y = float32[1 | this \"[\" is never closed",
        "TEXT-010 |  1 | y, z = Relu(x) | Relu has 1 results, the line names 2",
        "ATTR-001 |  0 | y = Relu<beta=1.0>(x) | Relu has no attribute beta",
        "ATTR-003 |  0 | y = Cast(x) | Cast misses its attribute to",
        "GRAPH-001 | 0 | y = Add(x, _) | Add misses its input B",
        "GRAPH-002 | 0 | y = Relu(x, x) | Relu takes at most 1 inputs, got 2",
        "SHAPE-003 | 0 | y = Add(float32[2] [1.0, 2.0], [1.0, 2.0, 3.0]) | cannot broadcast",
      })
  void statement(String code, int column, String line, String message) {
    Diagnostic d = refused("graph g(x: float32[N]) {\n" + line + "\nreturn x = x }");
    assertEquals(code, d.code(), d::toString);
    assertTrue(d.message().contains(message), d::toString);
    assertEquals("t", d.at().file());
    if (column > 0) {
      int wanted = d.message().contains("found \"return\"") ? 3 : 2;
      assertEquals(wanted, d.at().line(), d::toString);
      assertEquals("column " + (wanted == 3 ? 1 : column), d.at().detail(), d::toString);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | TEXT-001 | expected \"graph\", found the end of the text",
        "<html> | TEXT-001 | expected \"graph\", found \"<\"",
        "graph g(x: float33[]) {} | TEXT-001 | expected a type, such as float32[N,4]",
        "graph g(x: float32[], x: float32[]) {} | TEXT-003 | x is declared twice",
        "graph g() { return y = 1, y = 2 } | TEXT-003 | two outputs are called y",
        "graph g() { return y = _ } | TEXT-001 | an output cannot be absent",
        "graph g() { return y = 1 } x | TEXT-001 | the end of the text after the graph",
        "graph g() { meta \"a\" = \"1\" meta \"a\" = \"2\" return y = 1 } | TEXT-003 | a is given",
        "graph g() { param w: float32[1] = ... return y = w } | TEXT-006 | left out",
        "graph g() { return } | TEXT-001 | expected an output's name, found \"}\"",
      })
  void wholeText(String text, String code, String message) {
    Diagnostic d = refused(text);
    assertEquals(code, d.code(), d::toString);
    assertTrue(d.message().contains(message), d::toString);
  }

  @Test
  void typesNestedTooDeep() {
    String type = "seq(".repeat(100_000) + "float32[]" + ")".repeat(100_000);
    assertEquals("TEXT-008", refused("graph g(x: " + type + ") {}").code());
    String shape = "float32[" + "(".repeat(100_000) + "N" + ")".repeat(100_000) + "]";
    assertEquals("TEXT-008", refused("graph g(x: " + shape + ") {}").code());
  }

  @Test
  void briefTextIsNotParsed() {
    Tensor large = Tensor.zeros(ElementType.FLOAT32, 33);
    Value y = Value.parameter("w", large).add(Value.constant(large));
    String brief = GraphText.printBrief(Graph.of("g", List.of(), List.of(y)));
    assertTrue(brief.contains("param w: float32[33] = ...\n"), brief);
    assertTrue(brief.contains("%1 = float32[33] ...\n"), brief);
    assertEquals("TEXT-006", refused(brief).code());
  }

  /** Whatever the damage: a graph, or a diagnostic. */
  @Test
  void damagedTexts() {
    String text =
        """
        graph g(x: float32[N,4], s: seq(float32[*])) {
          doc "d" meta "k" = "v"
          param w: float32[2,2] = base64 "AAAAAAAAAAAAAAAAAAAAAA=="
          h, i = Relu(x) @n doc "x"
          %3 = Cast<to=float16>(x) : float16[N,4]
          return y = %3, z = [1, 2]
        }
        """;
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder damaged = new StringBuilder(text);
      for (int k = 0; k <= random.nextInt(3) && !damaged.isEmpty(); k++) {
        int at = random.nextInt(damaged.length());
        char other = text.charAt(random.nextInt(text.length()));
        switch (random.nextInt(3)) {
          case 0 -> damaged.setCharAt(at, other);
          case 1 -> damaged.deleteCharAt(at);
          default -> damaged.setLength(at + 1);
        }
      }
      try {
        GraphText.parse(damaged.toString(), "t");
      } catch (DiagnosticException e) {
        assertEquals(4, e.getMessage().split("\n").length, e::getMessage);
      }
    }
  }
}
