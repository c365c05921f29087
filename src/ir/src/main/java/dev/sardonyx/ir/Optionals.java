package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators on values that may be absent. */
public sealed interface Optionals extends Sequences {
  /**
   * The input as a value that might have been absent; without an input, one that is.
   *
   * @param type the type of what is absent; not needed where there is an input
   */
  @Onnx(since = 28, from = 15, inputs = "input?", outputs = "output")
  record Optional(@Default("") @Nullable Type type) implements Optionals {
    @Override
    public List<Type> infer(Inference in) {
      if (in.has(0)) {
        return List.of(new Type.Optional(in.value(0).type()));
      }
      if (type == null) {
        throw in.fail(
            "ATTR-003", "misses its attribute type", "without an input, say what is absent");
      }
      return List.of(new Type.Optional(type));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.size() == 0 ? List.of() : p.toFirst(p.dy());
    }
  }

  /** Whether a value is there; a tensor or a sequence always is, a missing input never. */
  @Onnx(since = 28, from = 18, inputs = "input?", outputs = "output")
  @NotDifferentiable("the result is boolean")
  record OptionalHasElement() implements Optionals, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(TensorType.scalar(ElementType.BOOL));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      Value known = Optionals.unwrapped(e);
      boolean absent = !e.has(0) || e.x().op() instanceof Optional && !e.x().node().hasInput(0);
      return known == null && !absent
          ? null
          : List.of(Value.constant(Tensor.of(new boolean[] {!absent}).reshape()));
    }
  }

  /** The value that is there; an error at run time if it is absent. */
  @Onnx(since = 28, from = 18, inputs = "input", outputs = "output")
  record OptionalGetElement() implements Optionals, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      Type type = in.value(0).type();
      return List.of(type instanceof Type.Optional optional ? optional.element() : type);
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      Value known = Optionals.unwrapped(e);
      return known == null ? null : List.of(Value.of(new Elementwise.Identity(), known));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(p.dy());
    }
  }

  /** The value behind input 0 if it is certainly there; else null. */
  private static @Nullable Value unwrapped(Expansion e) {
    if (!e.has(0) || !(e.x().type() instanceof Type.Optional)) {
      return e.optional(0);
    }
    return held(e.x());
  }

  /** What an optional certainly holds, or null. */
  static @Nullable Value held(Value value) {
    boolean made = value.op() instanceof Optional && value.node().hasInput(0);
    return made ? value.node().input(0) : null;
  }
}
