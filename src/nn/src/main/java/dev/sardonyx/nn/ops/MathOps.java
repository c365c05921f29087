package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Elementwise;
import dev.sardonyx.ir.Indexing.ScatterReduction;
import dev.sardonyx.ir.Scattering;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;

/** {@code keras.ops.math}, but for signals. */
final class MathOps {
  private static final String SEGMENTS = "(data, segment_ids; num_segments=None, sorted=False)";
  private static final String COMPLEX = "has complex numbers, which ONNX cannot compute with";

  /** Giles 2010: for w below 5, and for √w from there on. */
  private static final double[] NEAR = {
    1.50140941,
    0.246640727,
    -0.00417768164,
    -0.00125372503,
    0.00021858087,
    -4.39150654e-06,
    -3.5233877e-06,
    3.43273939e-07,
    2.81022636e-08
  };

  private static final double[] FAR = {
    2.83297682,
    1.00167406,
    0.00943887047,
    -0.0076224613,
    0.00573950773,
    -0.00367342844,
    0.00134934322,
    0.000100950558,
    -0.000200214257
  };

  static final OpTable TABLE =
      new OpTable()
          .op("SegmentSum" + SEGMENTS, c -> segments(c, ScatterReduction.ADD))
          .op("SegmentProd" + SEGMENTS, c -> segments(c, ScatterReduction.MUL))
          .op("SegmentMax" + SEGMENTS, c -> segments(c, ScatterReduction.MAX))
          .op("SegmentMin" + SEGMENTS, c -> segments(c, ScatterReduction.MIN))
          .op("CDist(x, y)", MathOps::distances)
          .op("Rsqrt(x)", c -> c.floating().sqrt().reciprocal())
          .op("Erf(x)", c -> erf(c.floating()))
          .op("Erfc(x)", c -> erfc(c.floating()))
          .op("Erfinv(x)", c -> erfinv(c.floating()))
          .refuse("SegmentReduction", "is what its kinds have in common, no operation of its own")
          .refuse("ViewAsComplex", COMPLEX)
          .refuse("ViewAsReal", COMPLEX);

  private MathOps() {}

  private static Value erf(Value x) {
    return Value.of(new Elementwise.Erf(), x);
  }

  /** By a continued fraction where 1 - erf x would lose its digits. */
  private static Value erfc(Value x) {
    Value size = x.max(2);
    Value square = size.square();
    Value fraction = size;
    for (int k = 16; k > 0; k--) {
      fraction = fraction.reciprocal().mul(k / 2.0).add(size);
    }
    Value far = square.neg().exp().div(fraction).mul(1 / Math.sqrt(Math.PI));
    return x.gt(2).where(far, erf(x).neg().add(1));
  }

  private static Value erfinv(Value x) {
    Value w = x.neg().add(1).mul(x.add(1)).log().neg();
    Value near = Functions.polynomial(w.sub(2.5), NEAR);
    Value far = Functions.polynomial(w.max(0).sqrt().sub(3), FAR);
    Value inside = w.lt(5).where(near, far).mul(x);
    Value end = x.abs().eq(1);
    return end.where(x.mul(Double.POSITIVE_INFINITY), inside);
  }

  private static Value distances(OpCall call) {
    List<Value> pair = call.floatingPair("x", "y");
    Value apart = pair.get(0).unsqueeze(-2).sub(pair.get(1).unsqueeze(-3));
    return apart.square().sum(false, -1).sqrt();
  }

  /** Rows with numbers outside of the segments go to one row more, which is cut off. */
  private static Value segments(OpCall call, ScatterReduction rule) {
    Value data = call.value("data");
    Value given = call.value("segment_ids").cast(ElementType.INT64);
    int rank = data.shape().rank();
    int idRank = given.shape().rank();
    Value ids = given.reshape(-1);
    Value rows = idRank == 1 ? data : Sizes.reshape(data, -1L, Sizes.shape(data, idRank, rank));
    Value count =
        call.has("num_segments") ? Value.longs(call.integer("num_segments")) : ids.max(true).add(1);
    Value inside = ids.ge(0).and(ids.lt(count));
    Value shape = Sizes.join(count.add(1), Sizes.shape(rows, 1, rows.shape().rank()));
    Value start = Sizes.filled(data.element(), neutral(data.element(), rule), shape);
    Value all =
        Value.of(
            new Scattering.ScatterND(rule), start, inside.where(ids, count).unsqueeze(1), rows);
    return all.slice(0, 0, -1);
  }

  private static double neutral(ElementType element, ScatterReduction rule) {
    if (rule == ScatterReduction.ADD || rule == ScatterReduction.MUL) {
      return rule == ScatterReduction.ADD ? 0 : 1;
    }
    boolean least = rule == ScatterReduction.MAX;
    double most =
        element.isFloat()
            ? element == ElementType.FLOAT16
                ? 65504
                : element == ElementType.FLOAT64
                    ? Double.MAX_VALUE
                    : element == ElementType.BFLOAT16 ? 3.3895313892515355e38 : Float.MAX_VALUE
            : Math.scalb(1.0, element.bits() - (element.isUnsigned() ? 0 : 1)) - 1;
    if (!least) {
      return most;
    }
    return element.isFloat() ? -most : element.isUnsigned() ? 0 : -most - 1;
  }
}
