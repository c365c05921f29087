package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What FlexAttention takes and gives, and how it is said in other operators. */
final class FlexAttentionRules {
  private FlexAttentionRules() {}

  static List<Type> types(Inference in, Attending.FlexAttention op) {
    ElementType precision = precision(op, in.element(0));
    if (!precision.isFloat()) {
      throw in.fail(
          "ATTR-004",
          "has the softmax_precision " + precision,
          "it is a float type of 16, 32 or 64 bits");
    }
    Heads q = heads(in, 0);
    Heads k = heads(in, 1);
    Heads v = heads(in, 2);
    Dim batch =
        Vectors.same(in, q.batch(), Vectors.same(in, k.batch(), v.batch(), "batches"), "batches");
    Dim groups = Vectors.same(in, k.heads(), v.heads(), "the heads of K and V");
    Heads.requireMultiple(in, q.heads(), groups);
    Vectors.same(in, q.size(), k.size(), "the head sizes of Q and K");
    Dim length = Vectors.same(in, k.length(), v.length(), "the lengths of K and V");
    TensorType scores = TensorType.of(precision, batch, q.heads(), q.length(), length);
    check(in, "score_mod", op.scoreMod(), scores);
    check(in, "prob_mod", op.probMod(), scores);
    return List.of(in.type(0).with(Shape.of(batch, q.heads(), q.length(), v.size())));
  }

  private static ElementType precision(Attending.FlexAttention op, ElementType inputs) {
    if (op.softmaxPrecision() != null) {
      return op.softmaxPrecision();
    }
    return inputs == ElementType.FLOAT64 ? ElementType.FLOAT64 : ElementType.FLOAT32;
  }

  private static Heads heads(Inference in, int i) {
    Shape shape = in.shape(i);
    if (shape.isRanked() && shape.rank() != 4) {
      throw in.fail(
          "SHAPE-070",
          "takes %s of rank 4, got rank %s".formatted(in.schema().inputName(i), shape.rank()),
          "the axes are batch, heads, positions and features of a head");
    }
    return Heads.of(in, i, shape.isRanked() ? shape : Vectors.unknown(4), null, "");
  }

  private static void check(Inference in, String name, @Nullable Body body, TensorType scores) {
    if (body == null) {
      return;
    }
    boolean one = body.formals().size() == 1 && body.outputs().size() == 1;
    if (!one
        || !fits(body.formals().get(0).type(), scores)
        || !fits(body.outputs().get(0).type(), scores)) {
      throw in.fail(
          "ATTR-061",
          "has a %s from %s to %s"
              .formatted(
                  name, body.formals().stream().map(Value::type).toList(), body.outputTypes()),
          "it makes one tensor of one: both are " + scores);
    }
  }

  private static boolean fits(Type type, TensorType scores) {
    if (!(type instanceof TensorType tensor) || tensor.element() != scores.element()) {
      return false;
    }
    Shape shape = tensor.shape();
    if (!shape.isRanked()) {
      return true;
    }
    for (int i = 0; i < shape.rank() && shape.rank() == 4; i++) {
      Dim a = shape.dim(i);
      Dim b = scores.shape().dim(i);
      if (a.isFixed() && b.isFixed() && !a.equals(b)) {
        return false;
      }
    }
    return shape.rank() == 4;
  }

  static List<@Nullable Value> expand(Expansion e, Attending.FlexAttention op) {
    ElementType precision = precision(op, e.element(0));
    Scores scores = new Scores(e.x(0), e.x(1), op.scale());
    List<Value> captured = e.captured();
    Value score = scores.product().cast(precision);
    Value modified = op.scoreMod() == null ? score : apply(op.scoreMod(), score, captured);
    Value share = Value.of(new Normalization.Softmax(-1), modified);
    Value weight = op.probMod() == null ? share : apply(op.probMod(), share, captured);
    return List.of(scores.weigh(weight, e.x(2).cast(precision)).cast(e.element(0)));
  }

  private static Value apply(Body body, Value x, List<Value> captured) {
    return body.inline(List.of(x), captured).get(0);
  }
}
