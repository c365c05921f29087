package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that choose and rescale the numbers that describe a sample. */
public sealed interface Features extends MachineLearning {
  /** The elements of the last axis at the indices, in their order; of a vector as one row. */
  @Onnx(since = 1, from = 1, inputs = "X Y", outputs = "Z", domain = "ai.onnx.ml")
  record ArrayFeatureExtractor() implements Features, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      if (!x.isRanked()) {
        return List.of(in.type(0));
      }
      if (x.rank() == 0) {
        throw in.fail("SHAPE-070", "takes no scalars", "give a vector or rows");
      }
      Indices.requireInside(in, 1, x.dim(-1));
      List<Dim> dims = new ArrayList<>(x.dims().subList(0, x.rank() - 1));
      if (dims.isEmpty()) {
        dims.add(Dim.ONE);
      }
      dims.add(in.shape(1).size());
      return List.of(in.type(0).with(Shape.of(dims)));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      if (!e.shape(0).isRanked()) {
        return null;
      }
      Value chosen = e.x(0).gather(e.x(1).reshape(-1), -1);
      return List.of(e.shape(0).rank() == 1 ? chosen.unsqueeze(0) : chosen);
    }
  }

  /** 1 where x is greater than the threshold, else 0, in x's own type. */
  @Onnx(since = 1, from = 1, domain = "ai.onnx.ml")
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record Binarizer(@Default("0") float threshold) implements Features, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0));
    }

    @Override
    public List<@Nullable Value> expand(Expansion e) {
      Value x = e.element(0).isFloat() ? e.x() : e.x().cast(ElementType.FLOAT64);
      return List.of(x.gt(threshold).cast(e.element(0)));
    }
  }

  /**
   * The inputs' numbers side by side as float32: each is [N,Cᵢ], a vector being one row.
   *
   * @param inputdimensions how many numbers of a row each input gives; filled with zeros where it
   *     has fewer
   */
  @Onnx(since = 1, from = 1, inputs = "X*", domain = "ai.onnx.ml")
  record FeatureVectorizer(List<Long> inputdimensions) implements Features, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      if (!inputdimensions.isEmpty() && inputdimensions.size() != in.size()) {
        throw in.fail(
            "ATTR-072",
            "has %s inputdimensions for %s inputs".formatted(inputdimensions.size(), in.size()),
            "give one number for each input");
      }
      Dim rows = Dim.UNKNOWN;
      Dim width = Dim.of(0);
      for (int i = 0; i < in.size(); i++) {
        Shape x = Samples.shape(in, i);
        rows = Vectors.same(in, rows, x.dim(0), "the inputs' rows");
        Dim own = inputdimensions.isEmpty() ? x.dim(1) : Dim.of(inputdimensions.get(i));
        width = width.plus(own);
      }
      return List.of(TensorType.of(ElementType.FLOAT32, rows, width));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      List<Value> parts = new ArrayList<>();
      for (int i = 0; i < e.size(); i++) {
        if (!e.shape(i).isRanked()) {
          return null;
        }
        Value rows = Samples.rows(e.x(i)).cast(ElementType.FLOAT32);
        Dim width = rows.shape().dim(1);
        if (!inputdimensions.isEmpty() && !width.is(inputdimensions.get(i))) {
          rows = rows.pad(new long[] {0, 0, 0, inputdimensions.get(i)}, 0);
          rows = rows.slice(1, 0, inputdimensions.get(i));
        }
        parts.add(rows);
      }
      return List.of(parts.size() == 1 ? parts.get(0) : Value.concat(1, parts));
    }
  }

  /**
   * x with another value in place of one that says that none is known.
   *
   * @param imputedValueFloats what comes in its place, one number or one for each column, for
   *     floats
   * @param imputedValueInt64s the same for integers
   * @param replacedValueFloat the value that is replaced, for floats; NaN replaces NaN
   */
  @Onnx(since = 1, from = 1, domain = "ai.onnx.ml")
  record Imputer(
      List<Float> imputedValueFloats,
      List<Long> imputedValueInt64s,
      @Default("0") float replacedValueFloat,
      @Default("0") long replacedValueInt64)
      implements Features, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      String floats = "imputed_value_floats";
      Alternatives.one(in, floats, imputedValueFloats, "imputed_value_int64s", imputedValueInt64s);
      int count = Math.max(imputedValueFloats.size(), imputedValueInt64s.size());
      Samples.checkColumns(in, count, "imputed values");
      return List.of(in.type(0));
    }

    @Override
    public List<@Nullable Value> expand(Expansion e) {
      Value x = e.x();
      ElementType element = x.element();
      boolean floats = !imputedValueFloats.isEmpty();
      double[] values =
          floats
              ? imputedValueFloats.stream().mapToDouble(v -> v).toArray()
              : imputedValueInt64s.stream().mapToDouble(v -> v).toArray();
      Value others = Samples.row(element, values);
      Value missing =
          floats && Float.isNaN(replacedValueFloat)
              ? Value.of(new Elementwise.IsNaN(), x)
              : x.eq(floats ? replacedValueFloat : replacedValueInt64);
      return List.of(missing.where(others, x));
    }
  }

  /** What a row is divided by. */
  enum RowNorm {
    /** The greatest number. */
    MAX,
    /** The sum of absolute values. */
    L1,
    /** The root of the sum of squares. */
    L2
  }

  /** Each row [C] of x divided by its norm, as float32; a row of zeros stays one. */
  @Onnx(since = 1, from = 1, domain = "ai.onnx.ml")
  record Normalizer(@Default("MAX") RowNorm norm) implements Features, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      if (x.isRanked() && (x.rank() < 1 || x.rank() > 2)) {
        throw in.fail(
            "SHAPE-070", "takes the shape [N,C] or [C], got " + x, "give samples as rows");
      }
      return List.of(in.type(0).with(ElementType.FLOAT32));
    }

    @Override
    public List<@Nullable Value> expand(Expansion e) {
      Value x = e.x().cast(ElementType.FLOAT32);
      Value divisor =
          switch (norm) {
            case MAX -> x.max(true, -1);
            case L1 -> x.abs().sum(true, -1);
            case L2 -> Value.of(new Norm.ReduceL2(true, false), x, Value.longs(-1));
          };
      Value one = divisor.scalar(1);
      return List.of(x.div(divisor.eq(0).where(one, divisor)));
    }
  }

  /**
   * (x - offset) · scale as float32.
   *
   * @param offset one number, or one for each column
   * @param scale as many
   */
  @Onnx(since = 1, from = 1, domain = "ai.onnx.ml")
  record Scaler(List<Float> offset, List<Float> scale) implements Features, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      Alternatives.parallel(in, "offset", offset, "scale", scale);
      Samples.checkColumns(in, scale.size(), "scales");
      return List.of(in.type(0).with(ElementType.FLOAT32));
    }

    @Override
    public List<@Nullable Value> expand(Expansion e) {
      Value x = e.x().cast(ElementType.FLOAT32);
      Value centered = x.sub(Samples.row(offset));
      return List.of(centered.mul(Samples.row(scale)));
    }
  }
}
