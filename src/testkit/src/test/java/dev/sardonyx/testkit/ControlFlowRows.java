package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.constant;
import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.f32;

import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.ControlFlow.If;
import dev.sardonyx.ir.ControlFlow.Loop;
import dev.sardonyx.ir.ControlFlow.Scan;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.text.GraphText;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.testkit.OpCase.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bodies are written as text: a row's inputs are the operator's own, then what they capture. Their
 * symbols are those of {@link OpChecks.Shapes#SYMBOLIC}.
 */
final class ControlFlowRows {
  private static final Tensor TRUE = Tensor.of(new boolean[] {true}).reshape();
  private static final Tensor FALSE = Tensor.of(new boolean[] {false}).reshape();
  private static final String THEN = "graph then(; x: float32[D2,D3]) { y = Exp(x) return y = y }";
  private static final String ELSE = "graph else(; x: float32[D2,D3]) { z = Neg(x) return z = z }";

  /** Adds what it is given to a sum, and collects the doubles. */
  private static final String SUM =
      """
      graph sum(i: int64[], go: bool[], s: float32[D2]; x: float32[D2]) {
        t = Add(s, x)
        d = Add(t, t)
        return go_out = go, t = t, d = d
      }
      """;

  /** One row longer in every turn. */
  private static final String GROW =
      """
      graph grow(i: int64[], go: bool[], s: float32[?,D2]; x: float32[1,D2]) {
        t = Concat<axis=0>(s, x)
        more = Less(i, 3)
        return more = more, t = t
      }
      """;

  private static final String STEP =
      """
      graph step(s: float32[D3], e: float32[D3]) {
        t = Add(s, e)
        m = Mul(s, e)
        return t = t, m = m
      }
      """;

  private ControlFlowRows() {}

  private static Body body(String text, int captures) {
    return new Body(
        GraphText.parse(text.replace(';', text.contains("(;") ? ' ' : ','), "row"), captures);
  }

  private static Op branch() {
    return new If(body(THEN, 1), body(ELSE, 1));
  }

  private static Scan scan(List<Long> axes, List<Long> directions) {
    return new Scan(body(STEP, 0), 1, axes, directions, axes, directions);
  }

  /** A loop whose body never runs: what it collects is empty. */
  private static OpCase unturned(String note, @Nullable Source count, @Nullable Source condition) {
    return OpCase.of(new Loop(body(SUM.replace("D2", "2"), 1)))
        .note(note)
        .inputs(count, condition, f32(2), f32(2))
        .fixedShapesOnly(
            "ONNX Runtime takes symbols for 0 where no turn tells what they stand for");
  }

  static List<OpCase> rows() {
    Body sum = body(SUM, 1);
    return List.of(
        OpCase.of(branch()).note("true").inputs(data(TRUE), f32(2, 3)),
        OpCase.of(branch()).note("false").inputs(data(FALSE), f32(2, 3)),
        OpCase.of(branch()).note("known").inputs(constant(TRUE), f32(2, 3)),
        OpCase.of(new Loop(sum))
            .note("counted")
            .inputs(constant(Tensor.scalar(4L)), null, f32(2), f32(2)),
        unturned("no turns", constant(Tensor.scalar(0L)), null),
        unturned("no turns, counted later", data(Tensor.scalar(0L)), null),
        unturned("condition false", constant(Tensor.scalar(4L)), data(FALSE)),
        unturned("condition never true", null, constant(FALSE)),
        OpCase.of(new Loop(body(GROW, 1)))
            .note("growing")
            .inputs(null, data(TRUE), f32(1, 2), f32(1, 2)),
        OpCase.of(scan(List.of(), List.of())).note("rows").inputs(f32(3), f32(4, 3)),
        OpCase.of(scan(List.of(1L), List.of(0L))).note("columns").inputs(f32(3), f32(3, 5)),
        OpCase.of(scan(List.of(-1L), List.of(1L))).note("backwards").inputs(f32(3), f32(3, 5)));
  }
}
