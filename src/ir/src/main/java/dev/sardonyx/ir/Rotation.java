package dev.sardonyx.ir;

import dev.sardonyx.ir.Attending.RotaryEmbedding;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What RotaryEmbedding takes and gives, and how it is said in other operators. */
final class Rotation {
  private static final int COS = 1;
  private static final int SIN = 2;
  private static final int IDS = 3;

  private Rotation() {}

  static List<Type> types(Inference in, RotaryEmbedding op) {
    Heads x = Heads.of(in, 0, in.shape(0), op.numHeads(), "num_heads");
    Dim pairs = pairs(in, op, x.size());
    checkCache(in, COS, x, pairs);
    checkCache(in, SIN, x, pairs);
    if (in.has(IDS)) {
      requireRank(in, IDS, 2, "its axes are batch and positions");
      if (in.shape(IDS).isRanked()) {
        sameSequence(in, IDS, x);
      }
    }
    return List.of(in.type(0));
  }

  /** How many pairs of a head's features are rotated. */
  private static Dim pairs(Inference in, RotaryEmbedding op, Dim size) {
    long rotated = op.rotaryEmbeddingDim();
    boolean fits = !size.isFixed() || rotated <= size.value();
    if (rotated < 0 || rotated % 2 != 0 || !fits) {
      throw in.fail(
          "ATTR-004",
          "has %s as rotary_embedding_dim for heads of %s features".formatted(rotated, size),
          "it is even, and at most the number of a head's features; 0 stands for all");
    }
    if (rotated == 0 && size.isFixed() && size.value() % 2 != 0) {
      throw in.fail(
          "SHAPE-072",
          "cannot pair the %s features of a head".formatted(size),
          "give heads an even number of features, or set rotary_embedding_dim");
    }
    return rotated > 0 ? Dim.of(rotated / 2) : size.floorDiv(2);
  }

  private static void checkCache(Inference in, int i, Heads x, Dim pairs) {
    boolean chosen = in.has(IDS);
    requireRank(
        in,
        i,
        chosen ? 2 : 3,
        chosen
            ? "with position_ids its axes are positions and pairs of features"
            : "without position_ids its axes are batch, positions and pairs of features");
    if (in.shape(i).isRanked()) {
      String what = "the pairs of features of X and " + in.schema().inputName(i);
      Vectors.same(in, pairs, in.shape(i).dim(-1), what);
      if (!chosen) {
        sameSequence(in, i, x);
      }
    }
  }

  private static void sameSequence(Inference in, int i, Heads x) {
    String what = "the batches and positions of X and " + in.schema().inputName(i);
    Vectors.same(in, x.batch(), in.shape(i).dim(0), what);
    Vectors.same(in, x.length(), in.shape(i).dim(1), what);
  }

  private static void requireRank(Inference in, int i, int rank, String help) {
    Shape shape = in.shape(i);
    if (shape.isRanked() && shape.rank() != rank) {
      throw in.fail(
          "SHAPE-070",
          "takes %s of rank %s, got rank %s"
              .formatted(in.schema().inputName(i), rank, shape.rank()),
          help);
    }
  }

  /** The result; null where X's rank is not known. */
  static @Nullable List<@Nullable Value> expand(Expansion e, RotaryEmbedding op) {
    Shape shape = e.shape(0);
    if (!shape.isRanked()) {
      return null;
    }
    boolean flat = shape.rank() == 3;
    Value x = flat && op.numHeads() != null ? e.x().reshape(0, 0, op.numHeads(), -1) : e.x();
    int heads = flat ? 2 : 1;
    Value cos = cache(e, COS).unsqueeze(heads);
    Value sin = cache(e, SIN).unsqueeze(heads);
    long rotated = op.rotaryEmbeddingDim();
    boolean whole = rotated == 0 || x.shape().dim(3).is(rotated);
    Value part = whole ? x : x.slice(3, 0, rotated);
    Value turned = op.interleaved() ? neighbours(part, cos, sin) : halves(part, cos, sin);
    Value all = whole ? turned : Value.concat(3, turned, x.slice(3, rotated, Long.MAX_VALUE));
    return List.of(flat ? all.reshape(0, 0, -1) : all);
  }

  /** The rows for each position of the sequence. */
  private static Value cache(Expansion e, int i) {
    return e.has(IDS) ? e.x(i).gather(e.x(IDS), 0) : e.x(i);
  }

  private static Value halves(Value x, Value cos, Value sin) {
    List<Value> halves = Node.of(new Slicing.Split(3, 2L), List.of(x), 2).outputs();
    Value a = halves.get(0);
    Value b = halves.get(1);
    return Value.concat(3, a.mul(cos).sub(b.mul(sin)), a.mul(sin).add(b.mul(cos)));
  }

  private static Value neighbours(Value x, Value cos, Value sin) {
    Value a = every2nd(x, 0);
    Value b = every2nd(x, 1);
    Value real = a.mul(cos).sub(b.mul(sin)).unsqueeze(4);
    Value imaginary = a.mul(sin).add(b.mul(cos)).unsqueeze(4);
    return Value.concat(4, real, imaginary).reshape(0, 0, 0, -1);
  }

  private static Value every2nd(Value x, long from) {
    return x.slice(new long[] {from}, new long[] {Long.MAX_VALUE}, new long[] {3}, new long[] {2});
  }
}
