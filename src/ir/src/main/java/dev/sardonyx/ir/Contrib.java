package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Type;
import java.util.List;

/**
 * Operators of the domain com.microsoft that exported models contain. All of them are said in the
 * standard's operators too, which makes such models portable and gives them gradients.
 */
public sealed interface Contrib extends Op {
  @Override
  default List<Type> infer(Inference in) {
    return List.of(in.type(0));
  }

  /** y = x Φ(x), with the distribution function Φ of the normal distribution. */
  @Onnx(since = 1, from = 1, domain = "com.microsoft")
  record Gelu() implements Contrib, Formula {
    @Override
    public Value formula(Expansion e) {
      return gelu(e.x());
    }
  }

  /** Gelu of a + b, where b is a vector as long as the last axis of a. */
  @Onnx(since = 1, from = 1, inputs = "A B", outputs = "C", domain = "com.microsoft")
  record BiasGelu() implements Contrib, Formula {
    @Override
    public Value formula(Expansion e) {
      return gelu(e.x().add(e.x(1)));
    }
  }

  /** y = x σ(αx). */
  @Onnx(since = 1, from = 1, domain = "com.microsoft")
  record QuickGelu(@Default("1.702") float alpha) implements Contrib, Formula {
    @Override
    public Value formula(Expansion e) {
      return e.x().mul(e.x().mul(alpha).sigmoid());
    }
  }

  private static Value gelu(Value x) {
    return x.mul(Value.of(new Elementwise.Erf(), x.mul(Math.sqrt(0.5))).add(1)).mul(0.5);
  }
}
