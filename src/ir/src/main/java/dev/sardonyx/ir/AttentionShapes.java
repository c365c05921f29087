package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Attention takes and gives. */
final class AttentionShapes {
  private static final int MASK = 3;
  private static final int PAST_KEY = 4;
  private static final int PAST_VALUE = 5;
  private static final int VALID = 6;

  private final Inference in;
  private final Attending.Attention op;

  AttentionShapes(Inference in, Attending.Attention op) {
    this.in = in;
    this.op = op;
  }

  List<Type> types() {
    checkAttributes();
    checkPast();
    Heads q = heads(0, op.qNumHeads(), "q_num_heads");
    Heads k = heads(1, op.kvNumHeads(), "kv_num_heads");
    Heads v = heads(2, op.kvNumHeads(), "kv_num_heads");
    checkRanks();
    Dim batch = same(q.batch(), same(k.batch(), v.batch(), "batches"), "batches");
    Dim groups = same(k.heads(), v.heads(), "the heads of K and V");
    Heads.requireMultiple(in, q.heads(), groups);
    Dim size = same(q.size(), k.size(), "the head sizes of Q and K");
    Dim length = same(k.length(), v.length(), "the lengths of K and V");
    Shape keys = cache(PAST_KEY, Shape.of(batch, groups, length, size));
    Shape values = cache(PAST_VALUE, Shape.of(batch, groups, length, v.size()));
    Dim total = keys.dim(2);
    Shape scores = Shape.of(batch, q.heads(), q.length(), total);
    checkMask(scores);
    checkValid(batch);
    Shape y =
        q.flat()
            ? Shape.of(batch, q.length(), q.heads().times(v.size()))
            : Shape.of(batch, q.heads(), q.length(), v.size());
    boolean known = in.shape(0).isRanked() || in.shape(1).isRanked() || in.shape(2).isRanked();
    List<Type> types = new ArrayList<>();
    types.add(in.type(0).with(known ? y : Shape.UNRANKED));
    types.add(in.type(1).with(keys));
    types.add(in.type(2).with(values));
    types.add(in.type(0).with(scores));
    return types.subList(0, Math.min(types.size(), Math.max(1, in.outputs())));
  }

  private void checkAttributes() {
    atLeast("left_window_size", op.leftWindowSize(), -1);
    atLeast("right_window_size", op.rightWindowSize(), -1);
    atLeast("qk_matmul_output_mode", op.qkMatmulOutputMode(), 0);
    if (op.qkMatmulOutputMode() > 3) {
      throw in.fail(
          "ATTR-004",
          "has the qk_matmul_output_mode %s".formatted(op.qkMatmulOutputMode()),
          "it is 0 (as multiplied), 1 (capped), 2 (masked) or 3 (after the softmax)");
    }
    if (op.softmaxPrecision() != null && !op.softmaxPrecision().isFloat()) {
      throw in.fail(
          "ATTR-004",
          "has the softmax_precision " + op.softmaxPrecision(),
          "it is a float type of 16, 32 or 64 bits");
    }
  }

  private void atLeast(String name, long value, long least) {
    if (value < least) {
      throw in.fail(
          "ATTR-004", "has %s in %s".formatted(value, name), "the least it takes is " + least);
    }
  }

  private void checkPast() {
    if (in.has(PAST_KEY) || in.has(PAST_VALUE)) {
      in.value(PAST_KEY);
      in.value(PAST_VALUE);
    }
    if (in.has(VALID) && in.has(PAST_KEY)) {
      throw in.fail(
          "ATTR-042",
          "has both past_key and nonpad_kv_seqlen",
          "give the past, or keys that hold it already with the count of valid ones");
    }
  }

  private void checkRanks() {
    Shape q = in.shape(0);
    for (int i = 1; i < 3; i++) {
      Shape other = in.shape(i);
      if (q.isRanked() && other.isRanked() && q.rank() != other.rank()) {
        throw in.fail(
            "SHAPE-070",
            "takes Q, K and V of one rank, got %s and %s".formatted(q.rank(), other.rank()),
            Heads.HELP);
      }
    }
  }

  private Heads heads(int i, @Nullable Long count, String attribute) {
    // Inputs have one rank, so that one of them tells of all.
    Shape shape = in.shape(i);
    for (int k = 0; k < 3 && !shape.isRanked(); k++) {
      shape = in.shape(k).isRanked() ? Vectors.unknown(in.shape(k).rank()) : shape;
    }
    return Heads.of(in, i, shape, count, attribute);
  }

  private Shape cache(int i, Shape added) {
    if (!in.has(i)) {
      return added;
    }
    Shape past = in.shape(i);
    if (!past.isRanked()) {
      return added.with(2, Dim.UNKNOWN);
    }
    if (past.rank() != 4) {
      throw in.fail(
          "SHAPE-070",
          "takes %s of rank 4, got rank %s".formatted(in.schema().inputName(i), past.rank()),
          "its axes are batch, heads, past positions and features of a head");
    }
    String what = "the extents of " + in.schema().inputName(i) + " and of what is added to it";
    return Shape.of(
        same(added.dim(0), past.dim(0), what),
        same(added.dim(1), past.dim(1), what),
        past.dim(2).plus(added.dim(2)),
        same(added.dim(3), past.dim(3), what));
  }

  /** The mask broadcasts to the scores, but for the last axis, which may be too short. */
  private void checkMask(Shape scores) {
    if (!in.has(MASK) || !in.shape(MASK).isRanked()) {
      return;
    }
    Shape mask = in.shape(MASK);
    boolean fits = mask.rank() > 0 && mask.rank() <= 4;
    for (int back = 1; fits && back <= mask.rank(); back++) {
      Dim from = mask.dim(-back);
      Dim to = scores.dim(-back);
      boolean known = from.isFixed() && to.isFixed();
      fits = !known || from.is(1) || (back == 1 ? from.value() <= to.value() : from.equals(to));
    }
    if (!fits) {
      throw in.fail(
          "SHAPE-048",
          "cannot stretch attn_mask to %s".formatted(scores),
          "aligned from the right, each dimension must be 1 or that of the scores, the last one at"
              + " most that");
    }
  }

  private void checkValid(Dim batch) {
    if (in.has(VALID) && in.shape(VALID).isRanked()) {
      Shape valid = in.shape(VALID);
      if (valid.rank() != 1) {
        throw in.fail(
            "SHAPE-020",
            "takes a vector as nonpad_kv_seqlen, got rank " + valid.rank(),
            "give it the shape [n]");
      }
      same(batch, valid.dim(0), "the batch and the length of nonpad_kv_seqlen");
    }
  }

  private Dim same(Dim a, Dim b, String what) {
    return Vectors.same(in, a, b, what);
  }
}
