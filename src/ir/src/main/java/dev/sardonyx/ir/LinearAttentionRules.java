package dev.sardonyx.ir;

import dev.sardonyx.ir.Caching.LinearAttention;
import dev.sardonyx.ir.Caching.UpdateRule;
import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What LinearAttention takes and gives, and how it is said in other operators. */
final class LinearAttentionRules {
  private static final int PAST = 3;
  private static final int DECAY = 4;
  private static final int BETA = 5;
  private static final ElementType WIDE = ElementType.FLOAT32;

  private LinearAttentionRules() {}

  static List<Type> types(Inference in, LinearAttention op) {
    checkInputs(in, op);
    long groups = op.kvNumHeads();
    Heads q = heads(in, 0, op.qNumHeads(), "q_num_heads");
    Heads k = heads(in, 1, groups, "kv_num_heads");
    Heads v = heads(in, 2, groups, "kv_num_heads");
    Heads.requireMultiple(in, Dim.of(op.qNumHeads()), Dim.of(groups));
    Dim batch = same(in, q.batch(), same(in, k.batch(), v.batch(), "batches"), "batches");
    Dim length = same(in, q.length(), same(in, k.length(), v.length(), "lengths"), "lengths");
    Dim size = same(in, q.size(), k.size(), "the head sizes of query and key");
    Shape state = Shape.of(batch, Dim.of(groups), size, v.size());
    if (in.has(PAST)) {
      Shape past = ranked(in, PAST, 4);
      List<Dim> dims = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        dims.add(same(in, state.dim(i), past.dim(i), "the extents of past_state and the heads"));
      }
      state = Shape.of(dims);
    }
    checkGate(in, DECAY, groups, size.times(groups));
    checkGate(in, BETA, groups, Dim.ONE);
    Shape y = Shape.of(state.dim(0), length, v.size().times(op.qNumHeads()));
    Type present = (in.has(PAST) ? in.type(PAST) : in.type(0)).with(state);
    return List.of(in.type(0).with(y), present);
  }

  private static void checkInputs(Inference in, LinearAttention op) {
    for (int i : new int[] {1, 2, DECAY, BETA}) {
      if (in.has(i) && in.element(i) != in.element(0)) {
        throw in.fail(
            "TYPE-002",
            "needs inputs of one element type, got %s and %s"
                .formatted(in.element(0), in.element(i)),
            "cast one of them; only past_state may have another");
      }
    }
    checkUse(in, op, DECAY, op.updateRule().isGated());
    checkUse(in, op, BETA, op.updateRule().isDelta());
  }

  private static void checkUse(Inference in, LinearAttention op, int i, boolean used) {
    if (used) {
      in.value(i);
    } else if (in.has(i)) {
      throw in.fail(
          "ATTR-063",
          "has %s for the rule %s".formatted(in.schema().inputName(i), op.updateRule()),
          "gated rules use decay, delta rules use beta; leave the other out");
    }
  }

  private static Heads heads(Inference in, int i, long count, String attribute) {
    return Heads.of(in, i, ranked(in, i, 3), count, attribute);
  }

  private static Shape ranked(Inference in, int i, int rank) {
    Shape shape = in.shape(i);
    if (shape.isRanked() && shape.rank() != rank) {
      throw in.fail(
          "SHAPE-070",
          "takes %s of rank %s, got rank %s"
              .formatted(in.schema().inputName(i), rank, shape.rank()),
          "heads lie side by side in the last axis; a state has the axes batch, heads, and two of"
              + " features");
    }
    return shape.isRanked() ? shape : Vectors.unknown(rank);
  }

  private static void checkGate(Inference in, int i, long groups, Dim other) {
    if (!in.has(i)) {
      return;
    }
    Dim last = ranked(in, i, 3).dim(2);
    boolean known = last.isFixed() && other.isFixed();
    if (known && !last.is(groups) && !last.equals(other)) {
      throw in.fail(
          "SHAPE-071",
          "cannot part the %s numbers of %s among %s heads"
              .formatted(last, in.schema().inputName(i), groups),
          "it has %s or %s of them".formatted(groups, other));
    }
  }

  private static Dim same(Inference in, Dim a, Dim b, String what) {
    return Vectors.same(in, a, b, what);
  }

  /** A scan over time steps; a single one is written out. */
  static @Nullable List<@Nullable Value> expand(Expansion e, LinearAttention op) {
    for (int i = 0; i < 3; i++) {
      if (!e.shape(i).isRanked()) {
        return null;
      }
    }
    long groups = op.kvNumHeads();
    long shared = op.qNumHeads() / groups;
    UpdateRule rule = op.updateRule();
    Value k = e.x(1).cast(WIDE).reshape(0, 0, groups, 1, -1);
    List<Value> steps = new ArrayList<>();
    steps.add(scaled(e, op).reshape(0, 0, groups, shared, -1));
    steps.add(k);
    steps.add(e.x(2).cast(WIDE).reshape(0, 0, groups, 1, -1));
    if (rule.isGated()) {
      steps.add(e.x(DECAY).cast(WIDE).exp().reshape(0, 0, groups, -1).unsqueeze(4));
    }
    if (rule.isDelta()) {
      steps.add(e.x(BETA).cast(WIDE).unsqueeze(3, 4));
    }
    Value state = e.has(PAST) ? e.x(PAST).cast(WIDE) : zeros(e, steps);
    Value last;
    Value y;
    if (e.shape(0).dim(1).is(1)) {
      Turn turn = turn(rule, state, steps.stream().map(s -> s.squeeze(1)).toList());
      last = turn.state().get(0);
      y = turn.collected().get(0).unsqueeze(1);
    } else {
      List<Value> sequences = steps.stream().map(s -> s.transpose(1, 0, 2, 3, 4)).toList();
      List<Value> results =
          ControlFlow.scan(List.of(state), sequences, (s, x) -> turn(rule, s.get(0), x));
      last = results.get(0);
      y = results.get(1).transpose(1, 0, 2, 3, 4);
    }
    ElementType kept = e.has(PAST) ? e.element(PAST) : e.element(0);
    return List.of(y.reshape(0, 0, -1).cast(e.element(0)), last.cast(kept));
  }

  private static Value scaled(Expansion e, LinearAttention op) {
    Value q = e.x(0).cast(WIDE);
    if (op.scale() != 0) {
      return q.mul(op.scale());
    }
    Dim hidden = q.shape().dim(2);
    if (hidden.isFixed()) {
      return q.mul(1 / Math.sqrt(hidden.value() / (double) op.qNumHeads()));
    }
    Value size = Extents.axis(q, 2).div(Value.longs(op.qNumHeads())).cast(WIDE);
    return q.div(size.sqrt());
  }

  /** [N,groups,features of keys,features of values] of zeros. */
  private static Value zeros(Expansion e, List<Value> steps) {
    return Extents.full(
        WIDE,
        0,
        Extents.join(
            List.of(
                Extents.axis(e.x(0), 0),
                Extents.shape(steps.get(1), 2, 3),
                Extents.axis(steps.get(1), 4),
                Extents.axis(steps.get(2), 4))));
  }

  /**
   * One time step.
   *
   * @param state [N,G,K,V]
   * @param x queries [N,G,H/G,K], keys [N,G,1,K], values [N,G,1,V], then what the rule uses
   */
  private static Turn turn(UpdateRule rule, Value state, List<Value> x) {
    Value decayed = rule.isGated() ? state.mul(x.get(3)) : state;
    Value written = x.get(2);
    if (rule.isDelta()) {
      Value beta = x.get(x.size() - 1);
      written = written.sub(x.get(1).matMul(decayed)).mul(beta);
    }
    Value next = decayed.add(x.get(1).transpose(0, 1, 3, 2).mul(written));
    return Turn.of(next).collect(x.get(0).matMul(next));
  }
}
