package dev.sardonyx.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.compiler.Pipeline;
import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.ControlFlow.Scan;
import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Recurrent;
import dev.sardonyx.ir.ScanBuilder;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.testkit.OpChecks.Built;
import dev.sardonyx.testkit.OpChecks.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The passes over scans change no result: outputs, gradients and gradients of gradients are those
 * of the graphs before the passes, which other tests hold to central differences.
 */
class ScanPassesTest {
  private static final Pipeline PIPELINE =
      Pipeline.training(graph -> Evaluate.run(graph, List.of()));
  private static final Tolerance CLOSE = new Tolerance(1e-9, 1e-9);
  private static final Tolerance SINGLE = new Tolerance(1e-4, 1e-5);

  private final Value x = Value.input("x", TensorType.parse("float64[5,2,3]"));
  private final Value w = Value.input("w", TensorType.parse("float64[3,3]"));
  private final Value b = Value.input("b", TensorType.parse("float64[3]"));
  private final Value h = Value.input("h", TensorType.parse("float64[2,3]"));

  @TestFactory
  Stream<DynamicTest> rows() {
    return Stream.concat(RecurrentRows.rows().stream(), ControlFlowRows.rows().stream())
        .flatMap(
            row ->
                Stream.of(Shapes.values())
                    .filter(s -> s == Shapes.FIXED || row.runsWithSymbols())
                    .map(s -> dynamicTest(row + " " + s, () -> row(row, s))));
  }

  private static void row(OpCase row, Shapes shapes) {
    Built built = OpChecks.build(row, shapes, ElementType.FLOAT32);
    compare(built.running(built.node().outputs()), built.data(), SINGLE);
  }

  /** The weight's product with each element, and what follows from it, is in the body. */
  @Test
  void productsInTheBody() {
    List<Value> results =
        ControlFlow.scan(
            List.of(h),
            List.of(x),
            (s, e) -> {
              Value driven = e.get(0).gemm(w, b, false, false);
              Value next = driven.add(s.get(0).matMul(w)).tanh();
              return Turn.of(next).collect(next.matMul(w).relu(), e.get(0).transpose(1, 0));
            });
    Graph tidy = compare(graph(results));
    assertEquals(2, scans(tidy).count());
    // The weight's gradients are products over all turns: no state adds them up.
    assertTrue(scans(tidy).allMatch(scan -> states(scan) == 1));
  }

  @Test
  void sumsOfProductsAndOthers() {
    List<Value> results =
        ControlFlow.scan(
            List.of(h, w, b),
            List.of(x),
            (s, e) -> {
              Value product = e.get(0).transpose(1, 0).matMul(s.get(0));
              Value next = s.get(0).sin().add(e.get(0));
              Value sum = s.get(1).add(product).add(s.get(1).scalar(2).add(w.transpose(1, 0)));
              return Turn.of(next, sum, next.sum(false, 0).add(s.get(2)));
            });
    compare(graph(results));
  }

  @Test
  void layoutsOfElements() {
    List<Value> results =
        ControlFlow.scan(
            List.of(h.slice(1, 0, 1)),
            List.of(x),
            (s, e) -> {
              Value element = e.get(0).exp();
              Value turned = element.transpose(1, 0).reshape(1, -1, 2).squeeze(0).transpose(1, 0);
              Value part = turned.slice(-1, 1, 2).mul(element.slice(1, 0, 1));
              Value flat = element.unsqueeze(0).sum(false, 0).slice(1, 2, 3);
              Value next = s.get(0).mul(part).neg().mul(flat).add(s.get(0).mul(part));
              return Turn.of(next).collect(Value.concat(1, next, next.mul(part)));
            });
    compare(graph(results));
  }

  /** Elements of a smaller rank than what they meet, some of them scalars. */
  @Test
  void broadcasting() {
    Value scalars = x.sum(false, 1, 2);
    Value rows = x.sum(false, 1);
    List<Value> results =
        ControlFlow.scan(
            List.of(h),
            List.of(x, scalars, rows),
            (s, e) -> {
              Value scale = e.get(1).mul(e.get(2)).add(b);
              Value next = s.get(0).mul(scale).mul(e.get(0)).add(scale.mul(w.slice(0, 0, 2)));
              return Turn.of(next).collect(scale.mul(next));
            });
    compare(graph(results));
  }

  @Test
  void bothDirectionsAndOtherAxes() {
    ScanBuilder scan = new ScanBuilder();
    Value s = scan.state(h);
    Value forwards = scan.element(x, 0, 0);
    Value backwards = scan.element(x.sin(), 0, 1);
    Value across = scan.element(x.transpose(1, 0, 2), 1, 0);
    Value next = s.mul(forwards.exp()).add(backwards.exp()).mul(across.cos()).tanh();
    scan.next(next);
    scan.collect(forwards.matMul(w), 0, 1);
    scan.collect(backwards.mul(forwards), 1, 0);
    scan.collect(next.matMul(w), 0, 0);
    compare(graph(scan.results()));
  }

  /** All of it is done at once. */
  @Test
  void nothingLeftToScan() {
    List<Value> results =
        ControlFlow.scan(
            List.of(w),
            List.of(x),
            (s, e) ->
                Turn.of(s.get(0).add(e.get(0).transpose(1, 0).matMul(e.get(0))))
                    .collect(e.get(0).tanh().matMul(w)));
    assertEquals(0, scans(compare(graph(results))).count());
  }

  /** A loop of a known number of turns is a scan to its gradient. */
  @Test
  void countedLoops() {
    List<Value> results =
        ControlFlow.loop(
            Value.constant(Tensor.scalar(4L)),
            null,
            List.of(h),
            (i, s) -> {
              Value next = s.get(0).matMul(w).add(x.gather(i, 0)).tanh();
              return Turn.of(next).collect(next.mul(i.cast(ElementType.FLOAT64)));
            });
    Graph tidy = compare(graph(results));
    assertEquals(2, scans(tidy).count());
    assertTrue(tidy.nodes().stream().noneMatch(node -> node.op() instanceof ControlFlow.Loop));
  }

  @Test
  void scansInScans() {
    List<Value> results =
        ControlFlow.scan(
            List.of(h),
            List.of(x),
            (s, e) -> {
              List<Value> inner =
                  ControlFlow.scan(
                      List.of(b),
                      List.of(e.get(0), s.get(0)),
                      (t, f) ->
                          Turn.of(t.get(0).mul(f.get(0)).add(f.get(1)).sin())
                              .collect(f.get(0).unsqueeze(0).matMul(w)));
              return Turn.of(s.get(0).mul(inner.get(1).squeeze(1)).add(inner.get(0)));
            });
    compare(graph(results));
  }

  /** The operator is gone, and so is the second run that only kept what the gradient needs. */
  @Test
  void oneScanForwardsAndOneBackwards() {
    OpCase row = RecurrentRows.rows().get(0);
    Built built = OpChecks.build(row, Shapes.FIXED, ElementType.FLOAT32);
    Graph graph = built.running(built.node().outputs());
    Graph tidy = PIPELINE.run(Gradients.of(graph).forward(true).graph());
    assertEquals(2, scans(tidy).count());
    assertTrue(tidy.nodes().stream().noneMatch(node -> node.op() instanceof Recurrent));
    assertEquals(graph.nodes().size(), PIPELINE.run(graph).nodes().size());
  }

  private Graph graph(List<Value> results) {
    return Graph.of("scans", List.of(x, w, b, h), results);
  }

  private static Graph compare(Graph graph) {
    return compare(graph, draw(graph.inputs(), new SplittableRandom(3)), CLOSE);
  }

  /** The graph and its gradients after the passes. */
  private static Graph compare(Graph graph, List<Tensor> data, Tolerance tolerance) {
    Graph first = Gradients.of(graph).forward(true).graph();
    List<Value> cotangents = first.inputs().subList(data.size(), first.inputs().size());
    List<Tensor> all = new ArrayList<>(data);
    List<Tensor> results = Evaluate.run(graph, data);
    SplittableRandom random = new SplittableRandom(4);
    results.stream().filter(t -> t.element().isFloat()).forEach(t -> all.add(like(t, random)));
    assertEquals(cotangents.size(), all.size() - data.size());
    Graph tidy = same(first, all, tolerance);
    same(Differences.gradient(first), more(first, all, random), tolerance);
    return tidy;
  }

  private static List<Tensor> more(Graph first, List<Tensor> data, SplittableRandom random) {
    List<Tensor> all = new ArrayList<>(data);
    Evaluate.run(first, data).stream()
        .filter(t -> t.element().isFloat())
        .forEach(t -> all.add(like(t, random)));
    return all;
  }

  private static Graph same(Graph graph, List<Tensor> data, Tolerance tolerance) {
    Graph tidy = PIPELINE.run(graph);
    List<Tensor> expected = Evaluate.run(graph, data);
    List<Tensor> actual = Evaluate.run(tidy, data);
    for (int i = 0; i < expected.size(); i++) {
      tolerance.check(graph.outputNames().get(i), expected.get(i), actual.get(i));
    }
    return tidy;
  }

  private static List<Tensor> draw(List<Value> inputs, SplittableRandom random) {
    return inputs.stream()
        .map(v -> Tensor.full(v.element(), 0, v.shape().fixed()))
        .map(t -> like(t, random))
        .toList();
  }

  private static Tensor like(Tensor tensor, SplittableRandom random) {
    double[] values = random.doubles(tensor.size(), -1, 1).toArray();
    return Tensor.from(tensor.element(), values, tensor.dims());
  }

  private static Stream<Node> scans(Graph graph) {
    return Walk.everywhere(graph).stream().filter(node -> node.op() instanceof Scan);
  }

  private static int states(Node node) {
    Scan scan = (Scan) node.op();
    return scan.body().formals().size() - (int) scan.numScanInputs();
  }
}
