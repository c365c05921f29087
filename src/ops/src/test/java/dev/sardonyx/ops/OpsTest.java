package dev.sardonyx.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.Closure;
import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.GraphDifference;
import dev.sardonyx.ir.Inference;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Pooling;
import dev.sardonyx.ir.Recurrent;
import dev.sardonyx.ir.Slicing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpsTest {
  private static Value x(String name, String type) {
    return Value.input(name, TensorType.parse(type));
  }

  private static void assertSameGraph(List<Value> inputs, List<Value> byHand, List<Value> called) {
    Optional<String> difference =
        GraphDifference.between(
            Graph.of("graph", inputs, byHand), Graph.of("graph", inputs, called));
    assertEquals(Optional.empty(), difference);
  }

  @Test
  void optionsAreSetByName() {
    Value x = x("x", "float32[N,3,28,28]");
    Value w = x("w", "float32[6,3,5,5]");
    Value b = x("b", "float32[6]");
    Op conv =
        new Convolution.Conv(
            AutoPad.NOTSET, List.of(), 1, List.of(), List.of(1L, 1L, 1L, 1L), List.of(2L, 2L));
    Value called = Ops.conv(x, w).strides(2, 2).pads(List.of(1L, 1L, 1L, 1L)).b(b).y();
    assertSameGraph(List.of(x, w, b), List.of(Value.of(conv, x, w, b)), List.of(called));
  }

  @Test
  void enumsTypesAndFlagsAreAttributes() {
    Value x = x("x", "float32[N,3,28,28]");
    Value called =
        Ops.maxPool(Ops.cast(x, ElementType.FLOAT64).output(), 2, 2)
            .autoPad(AutoPad.SAME_UPPER)
            .ceilMode(true)
            .y();
    Op pool =
        new Pooling.MaxPool(
            AutoPad.SAME_UPPER, true, List.of(), List.of(2L, 2L), List.of(), false, List.of());
    Value byHand = Value.of(pool, x.cast(ElementType.FLOAT64));
    assertSameGraph(List.of(x), List.of(byHand), List.of(called));
  }

  @Test
  void outputsHaveNames() {
    Value x = x("x", "float32[T,N,4]");
    Value w = x("w", "float32[1,32,4]");
    Value r = x("r", "float32[1,32,8]");
    LSTM lstm = Ops.lstm(x, w, r).hiddenSize(8);
    List<Value> called = List.of(lstm.yH(), lstm.y(), lstm.yC());
    assertSame(lstm.yH().node(), lstm.y().node());
    assertEquals("float32[1,N,8]", lstm.yH().type().toString());
    Op op =
        new Recurrent.LSTM(
            List.of(), List.of(), List.of(), null, Recurrent.Direction.FORWARD, 8L, false, 0);
    List<Value> byHand = Node.of(op, x, w, r).outputs();
    List<Value> ordered = List.of(byHand.get(1), byHand.get(0), byHand.get(2));
    assertSameGraph(List.of(x, w, r), ordered, called);
  }

  @Test
  void anyNumberOfInputsComeLast() {
    Value a = x("a", "float32[N,2]");
    Value b = x("b", "float32[N,3]");
    Value byHand = Value.of(new Slicing.Concat(1), a, b);
    assertSameGraph(List.of(a, b), List.of(byHand), List.of(Ops.concat(1, a, b).value()));
    Value ofList = Ops.concat(1, List.of(a, b)).concatResult();
    assertSameGraph(List.of(a, b), List.of(byHand), List.of(ofList));
  }

  @Test
  void anyNumberOfOutputsAreAList() {
    Value x = x("x", "float32[N,6]");
    Value sizes = x("sizes", "int64[3]");
    assertEquals(3, Ops.split(x).axis(1).numOutputs(3).outputs().size());
    assertEquals(3, Ops.split(x).axis(1).split(sizes).outputs(3).size());
    List<Value> byHand = Node.of(new Slicing.Split(1, null), Arrays.asList(x, sizes), 3).outputs();
    List<Value> called = Ops.split(x).axis(1).split(sizes).outputs(3);
    assertSameGraph(List.of(x, sizes), byHand, called);
  }

  @Test
  void graphsAndWhatTheyCaptureAreGiven() {
    Value cond = x("cond", "bool[]");
    Value x = x("x", "float32[N]");
    Closure closure = new Closure();
    closure.body("then", List.of(), List.of(x.neg()));
    closure.body("else", List.of(), List.of(x.exp()));
    closure.close();
    Value called =
        Ops.ifOp(cond, closure.body(0), closure.body(1))
            .captured(closure.captured())
            .outputs()
            .get(0);
    Op op = new ControlFlow.If(closure.body(0), closure.body(1));
    Value byHand = Node.of(op, closure.inputs(cond), Inference.ANY_NUMBER).output();
    assertSameGraph(List.of(cond, x), List.of(byHand), List.of(called));
  }

  @Test
  void inputsBeforeOneThatIsAbsent() {
    Value x = x("x", "float32[5]");
    Value max = Value.scalar(ElementType.FLOAT32, 1);
    Value called = Ops.clip(x).max(max).output();
    assertEquals(Arrays.asList(x, null, max), called.node().inputs());
  }

  @Test
  void aMistakeIsToldForTheLineThatAsksForAnOutput() {
    Relu relu = Ops.relu(x("x", "bool[3]"));
    Diagnostic refused = assertThrows(DiagnosticException.class, () -> relu.y()).diagnostic();
    assertEquals("TYPE-003", refused.code());
    assertEquals("OpsTest.java", refused.at().file());
    Value y = Ops.relu(x("x", "float32[3]")).y();
    int here = StackWalker.getInstance().walk(s -> s.findFirst().orElseThrow()).getLineNumber();
    assertEquals(here - 1, y.node().at().line());
    assertEquals("OpsTest.java", y.node().at().file());
  }

  @Test
  void aResultThatIsNotThereIsRefused() {
    Value x = x("x", "float32[N,3,5]");
    Value c = x("c", "float32[3]");
    BatchNormalization norm = Ops.batchNormalization(x, c, c, c, c);
    Diagnostic refused = assertThrows(DiagnosticException.class, norm::runningMean).diagnostic();
    assertEquals("GRAPH-006", refused.code());
    assertEquals("BatchNormalization gives no running_mean", refused.message());
    assertEquals(
        "float32[3]",
        Ops.batchNormalization(x, c, c, c, c).trainingMode(true).runningMean().type().toString());
  }

  @Test
  void nothingIsSetOnceTheNodeIsMade() {
    Elu elu = Ops.elu(x("x", "float32[3]"));
    Value y = elu.y();
    assertSame(y, elu.y());
    IllegalStateException late = assertThrows(IllegalStateException.class, () -> elu.alpha(2));
    assertTrue(late.getMessage().startsWith("Elu is already a node"), late.getMessage());
  }
}
