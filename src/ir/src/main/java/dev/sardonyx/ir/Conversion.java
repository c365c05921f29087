package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Conversions between element types, beside {@link Elementwise.Cast}. */
public sealed interface Conversion extends Unary {
  /**
   * The input as the element type of the second input, whose elements do not matter; else as {@link
   * Elementwise.Cast}.
   */
  @Onnx(since = 25, from = 15, inputs = "input target_type", outputs = "output")
  record CastLike(@Default("1") boolean saturate, @Default("up") RoundMode roundMode)
      implements Conversion, Formula, ShapeOnly {
    public CastLike() {
      this(true, RoundMode.UP);
    }

    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(in.element(1)));
    }

    @Override
    public Value formula(Expansion e) {
      return Value.of(new Elementwise.Cast(e.element(1), saturate, roundMode), e.x());
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      return in.element(0).isInteger() ? in.content(0) : null;
    }
  }

  /** The bits of each element read as another element type of as many bits. */
  @Onnx(since = 26, from = 26, inputs = "input", outputs = "output")
  @NotDifferentiable("the bits of a number are not a smooth function of it")
  record BitCast(ElementType to) implements Conversion, Formula {
    @Override
    public List<Type> infer(Inference in) {
      ElementType from = in.element(0);
      if (from.bits() != to.bits() || to == ElementType.STRING) {
        throw in.fail(
            "ATTR-050",
            "cannot read the %s bits of %s as %s".formatted(from.bits(), from, to),
            "the two types have the same number of bits; Cast converts values");
      }
      return List.of(in.type(0).with(to));
    }

    /** Integers of one width wrap when cast. */
    @Override
    public @Nullable Value formula(Expansion e) {
      boolean wraps = e.element(0).isInteger() && to.isInteger();
      boolean bytes = e.element(0) == ElementType.BOOL && to.isInteger();
      return wraps || bytes ? e.x().cast(to) : e.element(0) == to ? e.x() : null;
    }
  }

  /** How {@code float8e8m0}, which has only powers of two, is rounded. */
  enum RoundMode {
    UP,
    DOWN,
    NEAREST;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
