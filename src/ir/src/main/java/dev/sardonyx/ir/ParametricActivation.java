package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Activation functions of two tensors. */
public sealed interface ParametricActivation extends Broadcasting {
  /** y = x if x > 0, else slope · x; the slope is stretched to x's shape. He et al. 2015. */
  @Onnx(since = 16, from = 7, inputs = "X slope")
  record PRelu() implements ParametricActivation, Formula {
    @Override
    public List<Type> infer(Inference in) {
      LinearAlgebra.stretches(in, 1, in.shape(0));
      return List.of(in.type(0));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      Value above = p.x(0).gt(0);
      Value zero = p.dy().scalar(0);
      return Arrays.asList(
          above.where(p.dy(), p.dy().mul(p.x(1))), above.where(zero, p.dy().mul(p.x(0))));
    }

    @Override
    public Value formula(Expansion e) {
      return e.x().lt(0).where(e.x().mul(e.x(1)), e.x());
    }
  }

  /**
   * y = a · sigmoid(αa) · b for two tensors of one shape: {@link Gated.Swish} as the gate of
   * another. Shazeer 2020.
   */
  @Onnx(since = 28, from = 28, inputs = "A B")
  record SwiGLU(@Default("1.0") float alpha) implements ParametricActivation, Formula {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(Vectors.sameShape(in, 0, 1)));
    }

    @Override
    public Value formula(Expansion e) {
      return Value.of(new Gated.Swish(alpha), e.x(0)).mul(e.x(1));
    }
  }
}
