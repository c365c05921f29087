package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.text.GraphText;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.testkit.Evaluate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Where a function has no gradient, or several, ours is the one that PyTorch gives. */
class KinkCasesTest {
  private static final double TOLERANCE = 1e-5;
  private static final List<Map<String, Object>> CASES = cases();

  @Test
  void thereAreCases() {
    assertTrue(CASES.size() >= 75, "only " + CASES.size() + " cases");
  }

  @TestFactory
  Stream<DynamicTest> gradients() {
    return CASES.stream().map(c -> dynamicTest((String) c.get("name"), () -> check(c)));
  }

  private static void check(Map<String, Object> c) {
    Graph graph = GraphText.parse((String) c.get("graph"), "kinks.json");
    List<Map<String, Object>> given = list(c.get("inputs"));
    List<Value> wrt = graph.inputs().stream().filter(v -> v.element().isFloat()).toList();
    Gradients asked = Gradients.of(graph.outputs()).wrt(wrt);
    boolean straight = (Boolean) c.get("straight_through");
    List<Value> gradients = (straight ? asked.straightThrough() : asked).values();
    List<String> names = new ArrayList<>();
    gradients.forEach(g -> names.add("gradient" + names.size()));
    List<Tensor> data = given.stream().map(KinkCasesTest::tensor).toList();
    List<Tensor> results =
        Evaluate.run(Graph.of("gradients", graph.inputs(), gradients, names), data);
    for (int k = 0; k < wrt.size(); k++) {
      int place = graph.inputs().indexOf(wrt.get(k));
      compare(wrt.get(k).name(), numbers(given.get(place).get("gradient")), results.get(k));
    }
  }

  private static void compare(String name, double[] expected, Tensor actual) {
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(expected[i] - actual.getDouble(i));
      boolean same =
          Double.compare(expected[i], actual.getDouble(i)) == 0
              || difference <= TOLERANCE * (1 + Math.abs(expected[i]));
      assertTrue(
          same,
          "element %d of the gradient of %s: PyTorch has %s, not %s"
              .formatted(i, name, expected[i], actual.getDouble(i)));
    }
  }

  private static Tensor tensor(Map<String, Object> input) {
    long[] dims =
        list(input.get("dims")).stream().mapToLong(d -> ((Number) d).longValue()).toArray();
    ElementType element = ElementType.parse((String) input.get("element"));
    return Tensor.from(element, numbers(input.get("values")), dims);
  }

  private static double[] numbers(Object values) {
    return list(values).stream().mapToDouble(KinkCasesTest::number).toArray();
  }

  private static double number(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return value instanceof Number number
        ? number.doubleValue()
        : switch ((String) value) {
          case "inf" -> Double.POSITIVE_INFINITY;
          case "-inf" -> Double.NEGATIVE_INFINITY;
          default -> Double.NaN;
        };
  }

  @SuppressWarnings("unchecked")
  private static <T> List<T> list(Object value) {
    return (List<T>) value;
  }

  private static List<Map<String, Object>> cases() {
    try (InputStream in =
        Objects.requireNonNull(KinkCasesTest.class.getResourceAsStream("/cases/kinks.json"))) {
      return list(JSON.std.mapFrom(in).get("cases"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
