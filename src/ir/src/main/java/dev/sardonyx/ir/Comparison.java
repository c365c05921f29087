package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comparisons, logic, and the choice between two values. */
public sealed interface Comparison extends Broadcasting {
  @Override
  default List<Type> infer(Inference in) {
    return List.of(new TensorType(ElementType.BOOL, in.broadcast(0)));
  }

  /** a = b. */
  @Onnx(since = 19, inputs = "A B", outputs = "C")
  @NotDifferentiable("the result is boolean")
  record Equal() implements Comparison {}

  /** a > b. */
  @Onnx(since = 13, inputs = "A B", outputs = "C")
  @NotDifferentiable("the result is boolean")
  record Greater() implements Comparison {}

  /** a ≥ b. */
  @Onnx(since = 16, inputs = "A B", outputs = "C")
  @NotDifferentiable("the result is boolean")
  record GreaterOrEqual() implements Comparison, Formula {
    @Override
    public Value formula(Expansion e) {
      return e.x().gt(e.x(1)).or(e.x().eq(e.x(1)));
    }
  }

  /** a < b. */
  @Onnx(since = 13, inputs = "A B", outputs = "C")
  @NotDifferentiable("the result is boolean")
  record Less() implements Comparison {}

  /** a ≤ b. */
  @Onnx(since = 16, inputs = "A B", outputs = "C")
  @NotDifferentiable("the result is boolean")
  record LessOrEqual() implements Comparison, Formula {
    @Override
    public Value formula(Expansion e) {
      return e.x().lt(e.x(1)).or(e.x().eq(e.x(1)));
    }
  }

  /** Both. */
  @Onnx(since = 7, from = 7, inputs = "A B", outputs = "C")
  @NotDifferentiable("the result is boolean")
  record And() implements Comparison {}

  /** Either or both. */
  @Onnx(since = 7, from = 7, inputs = "A B", outputs = "C")
  @NotDifferentiable("the result is boolean")
  record Or() implements Comparison {}

  /** One and not the other. */
  @Onnx(since = 7, from = 7, inputs = "A B", outputs = "C")
  @NotDifferentiable("the result is boolean")
  record Xor() implements Comparison {}

  /** x where the condition holds, else y. */
  @Onnx(since = 16, from = 9, inputs = "condition X Y", outputs = "output")
  record Where() implements Comparison {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(new TensorType(in.element(1), in.broadcast(0)));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      Value zero = p.dy().scalar(0);
      return Arrays.asList(null, p.x(0).where(p.dy(), zero), p.x(0).where(zero, p.dy()));
    }
  }
}
