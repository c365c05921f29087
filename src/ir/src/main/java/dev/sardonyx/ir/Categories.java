package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that look elements up in a list of categories. */
public sealed interface Categories extends MachineLearning {
  /**
   * The number that goes with each string, or the string that goes with each number.
   *
   * @param catsInt64s the numbers
   * @param catsStrings the strings, in the same order
   * @param defaultInt64 what an unknown string becomes
   * @param defaultString what an unknown number becomes
   */
  @Onnx(since = 1, from = 1, domain = "ai.onnx.ml")
  @NotDifferentiable("the elements are categories")
  record CategoryMapper(
      List<Long> catsInt64s,
      List<String> catsStrings,
      @Default("-1") long defaultInt64,
      @Default("_Unused") String defaultString)
      implements Categories, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      Alternatives.parallel(in, "cats_int64s", catsInt64s, "cats_strings", catsStrings);
      boolean words = in.element(0) == ElementType.STRING;
      return List.of(in.type(0).with(words ? ElementType.INT64 : ElementType.STRING));
    }

    @Override
    public List<@Nullable Value> expand(Expansion e) {
      Tensor numbers = Lookup.longs(catsInt64s);
      Tensor words = Tensor.ofStrings(catsStrings);
      Lookup lookup =
          e.element(0) == ElementType.STRING
              ? new Lookup(words, numbers, Tensor.scalar(defaultInt64))
              : new Lookup(numbers, words, Lookup.word(defaultString));
      return List.of(lookup.of(e.x()));
    }
  }

  /**
   * The value that goes with each key. Keys and values are each given in one of the attributes for
   * their type; of a key that is given twice the last one counts, and NaN is found as a key.
   *
   * @param defaultFloat what an unknown key becomes where values are floats
   * @param defaultInt64 what it becomes where they are integers
   * @param defaultString what it becomes where they are strings
   * @param defaultTensor what it becomes where values are in a tensor
   */
  @Onnx(since = 4, from = 2, domain = "ai.onnx.ml")
  @NotDifferentiable("the elements are categories")
  record LabelEncoder(
      @Default("-0") float defaultFloat,
      @Default("-1") long defaultInt64,
      @Default("_Unused") String defaultString,
      @Default("") @Nullable Tensor defaultTensor,
      List<Float> keysFloats,
      List<Long> keysInt64s,
      List<String> keysStrings,
      @Default("") @Nullable Tensor keysTensor,
      List<Float> valuesFloats,
      List<Long> valuesInt64s,
      List<String> valuesStrings,
      @Default("") @Nullable Tensor valuesTensor)
      implements Categories, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      Tensor keys = keys(in);
      Tensor values = values(in);
      if (keys.element() != in.element(0)) {
        throw in.fail(
            "TYPE-022",
            "looks up %s, got %s".formatted(keys.element(), in.element(0)),
            "give the keys in the attribute that is for the input's type");
      }
      if (keys.size() != values.size()) {
        throw in.fail(
            "ATTR-070",
            "has %s keys and %s values".formatted(keys.size(), values.size()),
            "keys and values go side by side");
      }
      return List.of(in.type(0).with(values.element()));
    }

    private Tensor keys(Inference in) {
      return Lookup.only(in, "keys", keysTensor, keysStrings, keysInt64s, keysFloats);
    }

    private Tensor values(Inference in) {
      return Lookup.only(in, "values", valuesTensor, valuesStrings, valuesInt64s, valuesFloats);
    }

    private Tensor otherwise(Tensor values) {
      if (valuesTensor != null && defaultTensor != null) {
        return defaultTensor.reshape();
      }
      if (values.element() == ElementType.STRING) {
        return Lookup.word(defaultString);
      }
      boolean floats = values.element().isFloat();
      return Tensor.scalar(values.element(), floats ? defaultFloat : defaultInt64);
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      Tensor keys = Lookup.first(keysTensor, keysStrings, keysInt64s, keysFloats);
      Tensor values = Lookup.first(valuesTensor, valuesStrings, valuesInt64s, valuesFloats);
      return List.of(new Lookup(keys, values, otherwise(values)).of(e.x()));
    }
  }

  /**
   * A new last axis with 1 at the place of the category that an element is, and 0 elsewhere, as
   * float32.
   *
   * @param catsInt64s the categories of numbers; floats are cut to integers
   * @param catsStrings the categories of strings
   * @param zeros whether an unknown category gives zeros only, instead of an error at run time
   */
  @Onnx(since = 1, from = 1, domain = "ai.onnx.ml")
  @NotDifferentiable("the elements are categories")
  record OneHotEncoder(List<Long> catsInt64s, List<String> catsStrings, @Default("1") boolean zeros)
      implements Categories, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      Alternatives.one(in, "cats_int64s", catsInt64s, "cats_strings", catsStrings);
      Alternatives.keys(in, catsInt64s.isEmpty());
      Shape x = in.shape(0);
      if (!x.isRanked()) {
        return List.of(new TensorType(ElementType.FLOAT32, x));
      }
      List<Dim> dims = new ArrayList<>(x.dims());
      dims.add(Dim.of(Math.max(catsInt64s.size(), catsStrings.size())));
      return List.of(new TensorType(ElementType.FLOAT32, Shape.of(dims)));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      if (!zeros) {
        return null;
      }
      boolean words = catsInt64s.isEmpty();
      Value x = words ? e.x() : e.x().cast(ElementType.INT64);
      Tensor keys = words ? Tensor.ofStrings(catsStrings) : Lookup.longs(catsInt64s);
      Value same = x.unsqueeze(-1).eq(Value.constant(keys));
      return List.of(same.cast(ElementType.FLOAT32));
    }
  }
}
