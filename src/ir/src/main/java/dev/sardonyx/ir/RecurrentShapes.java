package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What recurrent layers take and give. */
final class RecurrentShapes {
  static final int X = 0;
  static final int W = 1;
  static final int R = 2;
  static final int B = 3;
  static final int LENGTHS = 4;
  static final int H0 = 5;
  static final int C0 = 6;
  static final int P = 7;

  private static final Set<String> ACTIVATIONS =
      Set.of(
          "relu",
          "tanh",
          "sigmoid",
          "affine",
          "leakyrelu",
          "thresholdedrelu",
          "scaledtanh",
          "hardsigmoid",
          "elu",
          "softsign",
          "softplus");

  private final Inference in;
  private final Recurrent op;
  private final Dim directions;

  RecurrentShapes(Inference in, Recurrent op) {
    this.in = in;
    this.op = op;
    this.directions = Dim.of(op.direction().count());
  }

  List<Type> types() {
    checkAttributes();
    checkElements();
    Shape x = ranked(X, 3);
    boolean timeFirst = op.layout() == 0;
    Dim time = x.dim(timeFirst ? 0 : 1);
    Dim batch = x.dim(timeFirst ? 1 : 0);
    Dim hidden = hidden(x.dim(2));
    if (in.has(LENGTHS)) {
      batch = same(LENGTHS, batch, ranked(LENGTHS, 1).dim(0));
    }
    for (int i = H0; i < H0 + op.states(); i++) {
      if (in.has(i)) {
        Shape state = ranked(i, 3);
        same(i, directions, state.dim(timeFirst ? 0 : 1));
        batch = same(i, batch, state.dim(timeFirst ? 1 : 0));
        hidden = same(i, hidden, state.dim(2));
      }
    }
    List<Type> types = new ArrayList<>();
    types.add(
        in.type(0)
            .with(
                timeFirst
                    ? Shape.of(time, directions, batch, hidden)
                    : Shape.of(batch, time, directions, hidden)));
    Shape state =
        timeFirst ? Shape.of(directions, batch, hidden) : Shape.of(batch, directions, hidden);
    for (int i = 0; i < op.states(); i++) {
      types.add(in.type(0).with(state));
    }
    int wanted = in.outputs() == Inference.ANY_NUMBER ? types.size() : Math.max(1, in.outputs());
    return types.subList(0, Math.min(wanted, types.size()));
  }

  private Dim hidden(Dim features) {
    Shape w = ranked(W, 3);
    Shape r = ranked(R, 3);
    Dim hidden = op.hiddenSize() == null ? Dim.UNKNOWN : Dim.of(op.hiddenSize());
    hidden = same(R, hidden, r.dim(2));
    hidden = same(R, hidden, part(R, r.dim(1), op.gates()));
    hidden = same(W, hidden, part(W, w.dim(1), op.gates()));
    same(W, features, w.dim(2));
    same(W, directions, w.dim(0));
    same(R, directions, r.dim(0));
    hidden = vectors(B, hidden, 2 * op.gates());
    return vectors(P, hidden, 3);
  }

  private Dim vectors(int i, Dim hidden, int parts) {
    if (!in.has(i)) {
      return hidden;
    }
    Shape shape = ranked(i, 2);
    same(i, directions, shape.dim(0));
    return same(i, hidden, part(i, shape.dim(1), parts));
  }

  private Dim part(int i, Dim whole, int parts) {
    if (whole.isFixed() && whole.value() % parts != 0) {
      throw in.fail(
          "SHAPE-074",
          "cannot part the extent %s of %s among %s gates"
              .formatted(whole, in.schema().inputName(i), parts),
          "weights and biases of all gates lie one after another, each of the hidden size");
    }
    return whole.isFixed() ? whole.floorDiv(parts) : Dim.UNKNOWN;
  }

  private Dim same(int i, Dim a, Dim b) {
    return Vectors.same(in, a, b, "the extents of " + in.schema().inputName(i) + " and the others");
  }

  private Shape ranked(int i, int rank) {
    Shape shape = in.shape(i);
    if (!shape.isRanked()) {
      return Vectors.unknown(rank);
    }
    if (shape.rank() != rank) {
      throw in.fail(
          "SHAPE-070",
          "takes %s of rank %s, got rank %s"
              .formatted(in.schema().inputName(i), rank, shape.rank()),
          "directions have an axis of their own, also where there is but one");
    }
    return shape;
  }

  private void checkElements() {
    for (int i = W; i < in.size(); i++) {
      if (i == LENGTHS && in.has(i) && in.element(i) != ElementType.INT32) {
        throw in.fail(
            "TYPE-004", "takes int32 as sequence_lens, got " + in.element(i), "cast it to int32");
      }
      if (i != LENGTHS && in.has(i) && in.element(i) != in.element(0)) {
        throw in.fail(
            "TYPE-002",
            "needs inputs of one element type, got %s and %s"
                .formatted(in.element(0), in.element(i)),
            "cast one of them; ONNX converts nothing by itself");
      }
    }
  }

  private void checkAttributes() {
    if (op.layout() != 0 && op.layout() != 1) {
      throw in.fail(
          "ATTR-004",
          "has the layout " + op.layout(),
          "it is 0, time steps first, or 1, samples first");
    }
    if (op.clip() != null && !(op.clip() > 0)) {
      throw in.fail("ATTR-004", "has the clip " + op.clip(), "it is greater than 0, or absent");
    }
    List<String> names = op.activations();
    int needed = op.direction().count() * op.defaultActivations().size();
    if (!names.isEmpty() && names.size() < needed) {
      throw in.fail(
          "ATTR-062",
          "has %s activations for %s direction(s)".formatted(names.size(), directions.value()),
          "it takes %s for each direction".formatted(op.defaultActivations().size()));
    }
    for (String name : names) {
      if (!ACTIVATIONS.contains(name.toLowerCase(Locale.ROOT))) {
        throw in.fail(
            "ATTR-062",
            "has no activation called " + name,
            "it has Relu, Tanh, Sigmoid, Affine, LeakyRelu, ThresholdedRelu, ScaledTanh,"
                + " HardSigmoid, Elu, Softsign and Softplus");
      }
    }
  }
}
