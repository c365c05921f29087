package dev.sardonyx.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  /** 2·|a + b| - 3·relu(a - b) at 0 has slopes -2 and -1 along a; where -b < a < b it is 2. */
  @Test
  void whereKinksMeetASlopeOfAnyDirection() {
    Value a = x.slice(0, 0, 1);
    Value b = x.slice(0, 1, 2);
    Found found = check(a.add(b).abs().mul(2).sub(a.sub(b).relu().mul(3)), 0, 0, 1);
    assertEquals(2, found.kinks().size(), found::toString);
    assertTrue(found.kinks().get(0).startsWith("input 0, element 0: gradient 0.0, slopes -2."));
    assertTrue(found.kinks().get(0).endsWith("where several kinks meet"), found::toString);
  }

  /** A staircase so fine that it looks like x. */
  @Test
  void aWrongGradientIsNamed() {
    AssertionError wrong =
        assertThrows(AssertionError.class, () -> check(x.mul(1e9).round().div(1e9), 0.1, 1, 2));
    assertTrue(
        wrong.getMessage().startsWith("input 0, element 0: gradient 0.0"), wrong.getMessage());
  }

  /** The same staircase from a kink on: its slope is 2 or 1, and the gradient 0 or 1. */
  @Test
  void aWrongGradientAtAKinkIsNamed() {
    Value wrong = x.mul(1e9).round().div(1e9).add(x.relu());
    assertThrows(AssertionError.class, () -> check(wrong, 0, 1, 2));
  }
}
