package dev.sardonyx.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.text.GraphText;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphDifferenceTest {
  private static final String TEXT =
      """
      graph g(x: float32[N,2], z: float32[]) {
        doc "d"
        meta "k" = "v"
        param w: float32[2] = [1.0, 2.0]
        a = Mul(x, w) @first
        b = LeakyRelu<alpha=0.2>(a) doc "slow"
        c = Sub(b, 0.5)
        return y = c, a = a
      }
      """;

  private static Graph parse(String text) {
    return GraphText.parse(text, "test");
  }

  @Test
  void equalGraphs() {
    assertEquals(Optional.empty(), GraphDifference.withNames(parse(TEXT), parse(TEXT)));
  }

  @Test
  void sharingOfConstantsDoesNotMatter() {
    Graph shared =
        parse("graph g(x: float32[]) { c = 2.0 y = Mul(x, c) z = Sub(y, c) return z=z }");
    Graph apart = parse("graph g(x: float32[]) { y = Mul(x, 2.0) z = Sub(y, 2.0) return z=z }");
    assertEquals(Optional.empty(), GraphDifference.between(shared, apart));
    assertEquals(Optional.empty(), GraphDifference.between(apart, shared));
  }

  @Test
  void sharingOfComputationsMatters() {
    Graph shared = parse("graph g(x: float32[]) { a = Exp(x) y = Mul(a, a) return y=y }");
    Graph apart = parse("graph g(x: float32[]) { a = Exp(x) b = Exp(x) y = Mul(a, b) return y=y }");
    assertTrue(GraphDifference.between(shared, apart).isPresent());
    assertTrue(GraphDifference.between(apart, shared).isPresent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x: float32[N,2] | x: float32[M,2] | input 0: x: float32[N,2] against x: float32[M,2]",
        ", z: float32[]  | ``              | input 1: z: float32[] against missing",
        "Mul(x, w)       | Add(x, w)       | node 0: Mul[] against Add[]",
        "Mul(x, w)       | Mul(w, x)       | node 0: Mul first takes x: float32[N,2] as A against",
        "alpha=0.2       | alpha=0.3       | node 1: LeakyRelu[alpha=0.2] against LeakyRelu",
        "(b, 0.5)        | (a, 0.5)        | node 1: LeakyRelu[alpha=0.2] against Sub[]",
        "(b, 0.5)        | (b, 0.25)       | node 2: Sub takes the constant float32[] [0.5] as B",
        "[1.0, 2.0]      | [1.0, 3.0]      | the trainable parameter w: float32[2] [1.0, 2.0] as B",
        "param           | frozen          | the frozen parameter w",
        "y = c, a = a    | a = a, y = c    | outputs [y, a] against [a, y]",
        "y = c, a = a    | y = c, a = b    | output a is a: float32[N,2] against b: float32[N,2]",
        "y = c, a = a    | y = b, a = a    | only one graph has Sub",
      })
  void differentMathematics(String from, String to, String sentence) {
    String changed = TEXT.replace(from, to.replace("``", ""));
    String found = GraphDifference.between(parse(TEXT), parse(changed)).orElse("none");
    assertTrue(found.contains(sentence), found);
    assertTrue(GraphDifference.between(parse(changed), parse(TEXT)).isPresent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "graph g  | graph h   | the graphs are called g and h",
        "\"d\"    | \"e\"     | Info[docString=d",
        "\"v\"    | \"e\"     | metadata={k=v}",
        "@first   | @second   | a node is called first against second",
        "\"slow\" | \"quick\" | is described as slow against quick",
        "b        | other     | result 0 of LeakyRelu[alpha=0.2] is called b against other",
      })
  void differentNames(String from, String to, String sentence) {
    String changed = TEXT.replaceAll("\\b" + from.replace("\"", "\\b\"?"), to.replace("\"", "\""));
    changed = from.startsWith("\"") || from.startsWith("@") ? TEXT.replace(from, to) : changed;
    assertEquals(Optional.empty(), GraphDifference.between(parse(TEXT), parse(changed)));
    String found = GraphDifference.withNames(parse(TEXT), parse(changed)).orElse("none");
    assertTrue(found.contains(sentence), found);
  }

  @Test
  void anOutputNamesAnUnnamedValue() {
    Graph named = parse("graph g(x: float32[]) { y = Exp(x) return y = y }");
    Graph unnamed = parse("graph g(x: float32[]) { %1 = Exp(x) return y = %1 }");
    assertEquals(Optional.empty(), GraphDifference.withNames(named, unnamed));
  }

  @Test
  void namesOfConstantsCount() {
    Graph one = parse("graph g(x: float32[]) { c = 2.0 z = Sub(x, c) return z=z }");
    Graph two = parse("graph g(x: float32[]) { d = 2.0 z = Sub(x, d) return z=z }");
    assertEquals(Optional.empty(), GraphDifference.between(one, two));
    assertTrue(GraphDifference.withNames(one, two).isPresent());
  }
}
