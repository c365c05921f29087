package dev.sardonyx.ir;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;

/** What the operators that run graphs demand of them. */
final class BodyCheck {
  private final Inference in;

  BodyCheck(Inference in) {
    this.in = in;
  }

  /** The inputs that are the operator's own, not its bodies' captures. */
  static int own(Inference in, Body body) {
    return in.size() - body.captures();
  }

  /** Refuses a body that does not take what the operator gives it. */
  void inputs(int expected, Body body) {
    if (expected != body.formals().size()) {
      throw in.fail(
          "GRAPH-011",
          "gives its body %s inputs, which takes %s".formatted(expected, body.formals().size()),
          expected == 0
              ? "what a branch uses of its surroundings is captured"
              : "the number follows from the operator's own inputs");
    }
  }

  /** Refuses a body that gives less than the operator reads. */
  void results(int expected, Body body) {
    if (body.outputs().size() < expected) {
      throw in.fail(
          "GRAPH-011",
          "needs a body with %s results or more, got %s".formatted(expected, body.outputs().size()),
          "a body gives the next state, a loop's the condition before it");
    }
  }

  /** A tensor of this element type with one element. */
  void one(String what, Type type, ElementType element) {
    boolean fits =
        type instanceof TensorType t
            && t.element() == element
            && (!t.shape().isRanked() || t.shape().dims().stream().allMatch(BodyCheck::mayBeOne));
    if (!fits) {
      throw in.fail(
          "GRAPH-012",
          "needs one %s as %s, got %s".formatted(element, what, type),
          "cast or reshape it");
    }
  }

  private static boolean mayBeOne(Dim dim) {
    return !dim.isFixed() || dim.is(1);
  }

  /** The common type of two values that take each other's place. */
  Type join(String what, Type a, Type b) {
    Type joined = a.join(b);
    if (joined == null) {
      throw mismatch(what, a, b);
    }
    return joined;
  }

  /** Refuses a value that can never be of the type that the body takes. */
  void admits(String what, Type formal, Type given) {
    if (formal.join(given) == null || contradict(formal, given)) {
      throw mismatch(what, formal, given);
    }
  }

  private static boolean contradict(Type formal, Type given) {
    if (!(formal instanceof TensorType a) || !(given instanceof TensorType b)) {
      return false;
    }
    Shape x = a.shape();
    Shape y = b.shape();
    if (!x.isRanked() || !y.isRanked()) {
      return false;
    }
    if (x.rank() != y.rank()) {
      return true;
    }
    for (int i = 0; i < x.rank(); i++) {
      boolean numbers = x.dim(i).isFixed() && y.dim(i).isFixed();
      if (numbers && !x.dim(i).equals(y.dim(i))) {
        return true;
      }
    }
    return false;
  }

  DiagnosticException mismatch(String what, Type a, Type b) {
    return in.fail(
        "GRAPH-012",
        "has types that do not fit as %s: %s and %s".formatted(what, a, b),
        "cast or reshape one of them; a state whose shape changes is declared without that shape");
  }
}
