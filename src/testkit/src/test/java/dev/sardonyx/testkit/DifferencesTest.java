package dev.sardonyx.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.Aggregation;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.testkit.Differences.Found;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What differences tell of a function that is not smooth, and of a wrong gradient. */
class DifferencesTest {
  private final Value x = Value.input("x", TensorType.parse("float64[3]"));

  private Found check(Value y, double... point) {
    return Differences.FINE.check(
        Graph.of("test", List.of(x), List.of(y), List.of("y")), List.of(Tensor.of(point, 3)));
  }

  @Test
  void everyElementOfASmoothFunction() {
    Found found = check(x.exp(), 1, 2, 3);
    assertEquals(3, found.elements());
    assertEquals(List.of(), found.kinks());
    assertEquals(List.of(), found.jumps());
  }

  @Test
  void atAKinkASubgradient() {
    Found found = check(x.relu(), -1, 0, 1);
    assertEquals(1, found.kinks().size(), found::toString);
    assertTrue(found.kinks().get(0).startsWith("input 0, element 1: gradient 0.0, slopes 0.0 and"));
  }

  @Test
  void atTheEdgeOfTheDomainTheSlopeOfOneSide() {
    Found found = check(x.sqrt(), 0, 1, 2);
    assertEquals(1, found.kinks().size(), found::toString);
    assertTrue(found.kinks().get(0).endsWith("at the edge of the domain"), found::toString);
  }

  @Test
  void atAJumpNothing() {
    Found found = check(x.gt(1).where(x, x.neg()), 0.5, 1, 2);
    assertEquals(1, found.jumps().size(), found::toString);
    assertTrue(found.jumps().get(0).startsWith("input 0, element 1"), found::toString);
  }

  /** The gradient of a product counts zeros, and its own gradient is wrong where there are some. */
  @Test
  void aWrongGradientIsNamed() {
    Value product = Value.of(new Aggregation.ReduceProd(true, false), x);
    Graph graph = Graph.of("test", List.of(x), List.of(product), List.of("y"));
    Graph gradient = Differences.gradient(graph);
    List<Tensor> point =
        List.of(Tensor.of(new double[] {0, 0, 2}, 3), Tensor.of(new double[] {1}, 1));
    AssertionError wrong =
        assertThrows(AssertionError.class, () -> Differences.FINE.check(gradient, point));
    assertTrue(wrong.getMessage().startsWith("input 0, element 0: gradient "), wrong.getMessage());
  }
}
