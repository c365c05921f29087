package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ONNX Runtime's activation functions, some with the addition before them. */
public sealed interface FusedActivations extends Contrib, Broadcasts {
  @Override
  default List<Type> infer(Inference in) {
    if (in.has(1)) {
      LinearAlgebra.stretches(in, 1, in.shape(0));
    }
    return List.of(in.type(0));
  }

  /** gelu(A + B) with the error function; B goes along the last axis. */
  @Onnx(since = 1, from = 1, inputs = "A B", outputs = "C", domain = Contrib.DOMAIN)
  record BiasGelu() implements FusedActivations, Formula {
    @Override
    public Value formula(Expansion e) {
      return Value.of(new Gated.Gelu(Gated.Approximation.NONE), e.x(0).add(e.x(1)));
    }
  }

  /** x · Φ(x) with the normal distribution's Φ. */
  @Onnx(since = 1, from = 1, domain = Contrib.DOMAIN)
  record Gelu() implements FusedActivations, Formula {
    @Override
    public Value formula(Expansion e) {
      return Value.of(new Gated.Gelu(Gated.Approximation.NONE), e.x());
    }
  }

  /** gelu(X + bias), nearly: with the hyperbolic tangent. */
  @Onnx(since = 1, from = 1, inputs = "X bias?", domain = Contrib.DOMAIN)
  record FastGelu() implements FusedActivations, Formula {
    @Override
    public Value formula(Expansion e) {
      Value x = e.has(1) ? e.x(0).add(e.x(1)) : e.x();
      return Value.of(new Gated.Gelu(Gated.Approximation.TANH), x);
    }
  }

  /** x · sigmoid(αx). */
  @Onnx(since = 1, from = 1, domain = Contrib.DOMAIN)
  record QuickGelu(@Default("1.702") float alpha) implements FusedActivations, Formula {
    @Override
    public Value formula(Expansion e) {
      return e.x().mul(e.x().mul(alpha).sigmoid());
    }
  }

  /**
   * softmax(data + bias) over all axes from one on.
   *
   * @param isInnerBroadcast which of its axes the bias lacks; shapes tell it, too
   */
  @Onnx(since = 1, from = 1, inputs = "data bias", outputs = "output", domain = Contrib.DOMAIN)
  record BiasSoftmax(@Default("1") long axis, long isInnerBroadcast)
      implements FusedActivations, Formula {
    @Override
    public @Nullable Value formula(Expansion e) {
      Shape x = e.shape(0);
      if (!x.isRanked()) {
        return null;
      }
      Value sum = e.x(0).add(e.x(1));
      long first = axis < 0 ? axis + x.rank() : axis;
      return first == x.rank() - 1
          ? sum.softmax(-1)
          : sum.flatten(first).softmax(-1).reshapeLike(e.x(0));
    }
  }
}
