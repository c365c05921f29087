package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.longs;
import static dev.sardonyx.ir.ShapeRules.x;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.Indexing.ScatterReduction;
import dev.sardonyx.ir.Slicing.PadMode;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients have their input's type; they need no arithmetic on shapes where shapes are fixed, and
 * no operator that computes wrongly on several threads.
 */
class GradientShapeTest {
  private static final Pullback.Reverse NO_BODIES = (outputs, given, wrt, since) -> List.of();

  private static final Set<String> MEASURES = Set.of("Shape", "Size");

  /** An operator and its inputs; the first one is written with N for its first axis. */
  private static Arguments row(Op op, String first, Value... others) {
    return Arguments.of(op, first, List.of(others));
  }

  static List<Arguments> rows() {
    List<Arguments> rows = new ArrayList<>(arranging());
    rows.addAll(indexing());
    for (boolean keep : new boolean[] {true, false}) {
      for (String axes : List.of("1", "0 -1", "-")) {
        rows.add(row(new Aggregation.ReduceSum(keep, false), "[N,3,4]", longs(axes)));
        rows.add(row(new Aggregation.ReduceMean(keep, false), "[N,3,4]", longs(axes)));
        rows.add(row(new Aggregation.ReduceMax(keep, false), "[N,3,4]", longs(axes)));
        rows.add(row(new Aggregation.ReduceProd(keep, true), "[N,3,4]", longs(axes)));
        rows.add(row(new Norm.ReduceL1(keep, false), "[N,3,4]", longs(axes)));
        rows.add(row(new Norm.ReduceL2(keep, false), "[N,3,4]", longs(axes)));
        rows.add(row(new Norm.ReduceSumSquare(keep, false), "[N,3,4]", longs(axes)));
        rows.add(row(new Norm.ReduceLogSum(keep, false), "[N,3,4]", longs(axes)));
        rows.add(row(new Norm.ReduceLogSumExp(keep, false), "[N,3,4]", longs(axes)));
      }
    }
    return rows;
  }

  private static List<Arguments> arranging() {
    Op slice = new Slicing.Slice();
    return List.of(
        row(new AlongAxis.CumSum(true, false), "[N,3]", Value.constant(Tensor.scalar(1L))),
        row(new Layout.Reshape(false), "[N,3,4]", longs("-1 6")),
        row(new Layout.Transpose(List.of(2L, 0L, 1L)), "[N,3,4]"),
        row(new Layout.Squeeze(), "[N,1,4]", longs("1")),
        row(new Layout.Unsqueeze(), "[N,4]", longs("1")),
        row(new Layout.Flatten(2), "[N,3,4]"),
        row(new Layout.Tile(), "[N,3]", longs("2 3")),
        row(new Slicing.Concat(0), "[N,3]", x("float32[2,3]")),
        row(new Slicing.Split(1, 2L), "[N,4]"),
        row(slice, "[N,5]", longs("1"), longs("-1"), longs("1")),
        row(slice, "[N,7,3]", longs("-1"), longs("-99"), longs("1"), longs("-2")),
        row(slice, "[N,7]", longs("0 1"), longs("-1 6"), longs("0 1"), longs("1 2")),
        row(new Slicing.Pad(PadMode.CONSTANT), "[N,3]", longs("0 1 2 0")),
        row(new Slicing.Pad(PadMode.CONSTANT), "[N,3]", longs("0 -1 2 0")),
        row(new Slicing.Pad(PadMode.REFLECT), "[N,3]", longs("0 1 0 2")));
  }

  private static List<Arguments> indexing() {
    Value places = x("int64[2,2]");
    List<Arguments> rows = new ArrayList<>();
    rows.add(row(new Gathering.Gather(0), "[N,3]", x("int64[5,2]")));
    rows.add(row(new Gathering.Gather(1), "[N,3]", x("int64[]")));
    rows.add(row(new Gathering.GatherElements(1), "[N,3]", places));
    rows.add(row(new Gathering.GatherND(0), "[N,3]", places));
    rows.add(row(new Selection.TopK(1, true, true), "[N,3]", longs("2")));
    for (ScatterReduction reduction : ScatterReduction.values()) {
      Op elements = new Scattering.ScatterElements(1, reduction);
      rows.add(row(elements, "[N,3]", places, x("float32[2,2]")));
      rows.add(row(new Scattering.ScatterND(reduction), "[N,3]", places, x("float32[2]")));
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void fixedShapesNeedNoMeasuring(Op op, String first, List<Value> others) {
    Set<String> used = gradientOperators(op, first.replace("N", "2"), others);
    assertTrue(used.stream().noneMatch(MEASURES::contains), () -> op + " uses " + used);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void symbolsAreKept(Op op, String first, List<Value> others) {
    gradientOperators(op, first, others);
    gradientOperators(op, first.replace("N", "?"), others);
  }

  /** Checks the gradients' types and says which operators compute them. */
  private static Set<String> gradientOperators(Op op, String first, List<Value> others) {
    Value data = x("float32" + first);
    List<Value> inputs = new ArrayList<>(List.of(data));
    inputs.addAll(others);
    Node node = Node.of(op, inputs.toArray(Value[]::new));
    List<Value> cotangents = new ArrayList<>();
    for (Value y : node.outputs()) {
      boolean flows = y.element() == ElementType.FLOAT32;
      cotangents.add(flows ? Value.input("dy", y.type()) : null);
    }
    List<Value> gradients = op.vjps(new Pullback(node, cotangents, v -> true, NO_BODIES));
    assertEquals(node.inputs().size(), gradients.size());
    for (int i = 0; i < gradients.size(); i++) {
      Value gradient = gradients.get(i);
      if (gradient != null && !first.contains("?")) {
        assertEquals(node.input(i).type(), gradient.type(), op + " input " + i);
      }
    }
    Set<String> used = new TreeSet<>();
    List<Value> there = gradients.stream().filter(Objects::nonNull).toList();
    for (Node inner : Walk.topological(there)) {
      used.add(OpSchema.of(inner.op()).type());
      boolean races =
          inner.op() instanceof Scattering.ScatterND scatter
              && scatter.reduction() != ScatterReduction.NONE
              && inner != node;
      assertTrue(!races, "ScatterND with a reduction in the gradient of " + op);
    }
    return used;
  }
}
