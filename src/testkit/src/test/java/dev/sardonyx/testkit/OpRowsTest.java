package dev.sardonyx.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sardonyx.ir.Broadcasts;
import dev.sardonyx.ir.Catalog;
import dev.sardonyx.ir.Expandable;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.testkit.OpChecks.Shapes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** All rows, and that no operator is without one. */
class OpRowsTest {
  private static final List<OpCase> ROWS =
      Stream.of(
              ConvolutionRows.rows(),
              IndexingRows.rows(),
              LinearAlgebraRows.rows(),
              NormalizationRows.rows(),
              PoolingRows.rows(),
              ReductionRows.rows(),
              ShapingRows.rows(),
              UnaryRows.rows(),
              BroadcastingRows.rows(),
              RecurrentRows.rows(),
              AttendingRows.rows(),
              ControlFlowRows.rows(),
              SequencesRows.rows(),
              StringsRows.rows(),
              SignalRows.rows(),
              QuantizationRows.rows(),
              ImageRows.rows(),
              LossesRows.rows(),
              MachineLearningRows.rows(),
              OptimizingRows.rows(),
              ContribRows.rows())
          .flatMap(List::stream)
          .toList();

  /** The standard wants two inputs of one shape. */
  private static final Set<String> NEVER_BROADCASTS = Set.of("SwiGLU");

  @TestFactory
  Stream<DynamicTest> types() {
    return ROWS.stream()
        .filter(OpCase::runs)
        .flatMap(
            row -> shapes(row).map(s -> dynamicTest(row + " " + s, () -> OpChecks.types(row, s))));
  }

  @TestFactory
  Stream<DynamicTest> gradients() {
    return ROWS.stream()
        .filter(OpChecks::isDifferentiable)
        .filter(row -> OpChecks.hasFloats(row) && !row.isRandom())
        .flatMap(
            row ->
                shapes(row).map(s -> dynamicTest(row + " " + s, () -> OpChecks.gradient(row, s))));
  }

  /** ScatterND that adds loses updates of equal places when it runs on several threads. */
  @TestFactory
  Stream<DynamicTest> gradientsThatAreTheSameOnSeveralThreads() {
    return ROWS.stream()
        .filter(OpChecks::isDifferentiable)
        .filter(row -> OpChecks.hasFloats(row) && !row.isRandom())
        .flatMap(
            row ->
                shapes(row)
                    .map(s -> dynamicTest(row + " " + s, () -> OpChecks.determinism(row, s))));
  }

  /** What the expansion of an operator gives is what ONNX Runtime's kernel gives. */
  @TestFactory
  Stream<DynamicTest> expansions() {
    return ROWS.stream()
        .filter(row -> row.op() instanceof Expandable && !row.isRandom())
        .filter(OpCase::runs)
        .flatMap(
            row ->
                shapes(row).map(s -> dynamicTest(row + " " + s, () -> OpChecks.expansion(row, s))));
  }

  /** What older opsets have no word for is said otherwise, and means the same. */
  @TestFactory
  Stream<DynamicTest> restatements() {
    return ROWS.stream()
        .filter(row -> row.runs() && !row.isRandom() && OpChecks.restates(row))
        .map(row -> dynamicTest("oldest " + row, () -> OpChecks.restatement(row)));
  }

  @TestFactory
  Stream<DynamicTest> onnx() {
    return ROWS.stream().map(row -> dynamicTest(row.toString(), () -> OpChecks.onnx(row)));
  }

  @TestFactory
  Stream<DynamicTest> text() {
    return ROWS.stream().map(row -> dynamicTest(row.toString(), () -> OpChecks.text(row)));
  }

  private static Stream<Shapes> shapes(OpCase row) {
    return row.runsWithSymbols() ? Stream.of(Shapes.values()) : Stream.of(Shapes.FIXED);
  }

  @Test
  void everyOperatorHasARow() {
    Set<Class<?>> tested = new HashSet<>();
    ROWS.forEach(row -> tested.add(row.op().getClass()));
    List<String> missing = new ArrayList<>();
    for (OpSchema schema : Catalog.ops()) {
      if (!tested.contains(schema.op())) {
        missing.add(schema.type());
      }
    }
    assertEquals(List.of(), missing, "operators without a row");
  }

  @Test
  void everyExpansionIsTried() {
    Set<Class<?>> tried = new HashSet<>();
    ROWS.stream()
        .filter(row -> OpChecks.expands(row, Shapes.FIXED))
        .forEach(row -> tried.add(row.op().getClass()));
    List<String> missing = new ArrayList<>();
    for (OpSchema schema : Catalog.ops()) {
      if (Expandable.class.isAssignableFrom(schema.op()) && !tried.contains(schema.op())) {
        missing.add(schema.type());
      }
    }
    assertEquals(List.of(), missing, "operators whose expansion no row makes");
  }

  @Test
  void everyDifferentiableOperatorHasItsGradientChecked() {
    Set<Class<?>> checked = new HashSet<>();
    ROWS.stream()
        .filter(row -> OpChecks.hasFloats(row) && !row.isRandom())
        .forEach(row -> checked.add(row.op().getClass()));
    List<String> missing = new ArrayList<>();
    for (OpSchema schema : Catalog.ops()) {
      if (schema.notDifferentiable() == null && !checked.contains(schema.op())) {
        missing.add(schema.type());
      }
    }
    assertEquals(List.of(), missing, "operators whose gradient no row checks");
  }

  @Test
  void everyGradientThatBroadcastsIsCheckedSo() {
    Set<Class<?>> checked = new HashSet<>();
    ROWS.stream()
        .filter(row -> OpChecks.hasFloats(row) && OpChecks.broadcasts(row))
        .forEach(row -> checked.add(row.op().getClass()));
    List<String> missing = new ArrayList<>();
    for (OpSchema schema : Catalog.ops()) {
      boolean broadcasts =
          Broadcasts.class.isAssignableFrom(schema.op())
              && (schema.inputs().size() > 1 || schema.hasVariadicInput())
              && !NEVER_BROADCASTS.contains(schema.type());
      if (broadcasts && schema.notDifferentiable() == null && !checked.contains(schema.op())) {
        missing.add(schema.type());
      }
    }
    assertEquals(List.of(), missing, "operators whose gradient no row checks with broadcasting");
  }

  @Test
  void everyOperatorHasAGradientOrAReasonForNone() {
    List<String> wrong = new ArrayList<>();
    for (OpSchema schema : Catalog.ops()) {
      boolean differentiable = schema.hasGradientRule() || schema.differentiatesThroughExpansion();
      if (schema.notDifferentiable() == null && !differentiable
          || schema.notDifferentiable() != null && schema.hasGradientRule()) {
        wrong.add(schema.type());
      }
    }
    assertEquals(List.of(), wrong, "operators with neither or both of a rule and a reason");
  }

  @Test
  void rowsHaveNamesOfTheirOwn() {
    Set<String> names = new HashSet<>();
    List<String> twice =
        ROWS.stream().map(OpCase::toString).filter(name -> !names.add(name)).toList();
    assertEquals(List.of(), twice, "tell rows of one operator apart by a note");
  }
}
