package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.i64;
import static dev.sardonyx.testkit.OpCase.longs;
import static dev.sardonyx.testkit.OpCase.typed;
import static dev.sardonyx.testkit.StringsRows.words;

import dev.sardonyx.ir.Categories;
import dev.sardonyx.ir.Dictionaries;
import dev.sardonyx.ir.Features;
import dev.sardonyx.ir.LinearModels;
import dev.sardonyx.ir.PostTransform;
import dev.sardonyx.ir.SupportVectors;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;

/** {@link dev.sardonyx.ir.MachineLearning}. */
final class MachineLearningRows {
  private static final String NO_MAPS = "the runtime carries no maps";

  private MachineLearningRows() {}

  static List<OpCase> rows() {
    List<OpCase> rows = new ArrayList<>(features());
    rows.addAll(categories());
    rows.addAll(dictionaries());
    rows.addAll(linear());
    rows.addAll(supportVectors());
    rows.addAll(TreeRows.rows());
    rows.forEach(row -> row.float32Only("the domain computes in float32"));
    return rows;
  }

  private static Tensor vector(double... values) {
    return Tensor.from(ElementType.FLOAT32, values, new long[] {values.length});
  }

  private static List<OpCase> features() {
    List<Long> none = List.of();
    return List.of(
        OpCase.of(new Features.ArrayFeatureExtractor()).inputs(f32(2, 4), longs(3, 0, 0)),
        OpCase.of(new Features.ArrayFeatureExtractor())
            .inputs(f32(4), longs(1, 2))
            .note("of a vector"),
        OpCase.of(new Features.Binarizer(0.3f)).inputs(f32(2, 3)),
        OpCase.of(new Features.FeatureVectorizer(List.of(2L, 3L))).inputs(f32(2, 2), f32(2, 3)),
        OpCase.of(new Features.FeatureVectorizer(List.of(1L, 4L)))
            .inputs(f32(2, 2), f32(2, 3))
            .note("cut and filled"),
        OpCase.of(new Features.Imputer(List.of(5f, 6f, 7f), none, Float.NaN, 0))
            .inputs(data(vector(1, Float.NaN, 3, Float.NaN, 4, 5).reshape(2, 3)))
            .note("without a gradient of NaN"),
        OpCase.of(new Features.Imputer(List.of(5f), none, 1f, 0)).inputs(f32(2, 3)),
        OpCase.of(new Features.Imputer(List.of(), List.of(9L), 0f, 1)).inputs(i64(0, 3, 2, 3)),
        OpCase.of(new Features.Normalizer(Features.RowNorm.MAX)).inputs(f32(3, 4)),
        OpCase.of(new Features.Normalizer(Features.RowNorm.L1)).inputs(f32(3, 4)),
        OpCase.of(new Features.Normalizer(Features.RowNorm.L2)).inputs(f32(3, 4)),
        OpCase.of(new Features.Scaler(List.of(1f, 2f, 3f), List.of(0.5f, 2f, -1f)))
            .inputs(f32(2, 3)),
        OpCase.of(new Features.Scaler(List.of(1f), List.of(0.5f))).inputs(i64(0, 9, 2, 3)));
  }

  private static List<OpCase> categories() {
    List<String> cities = List.of("Oslo", "Rom", "Bern");
    List<Long> numbers = List.of(3L, 1L, 2L);
    return List.of(
        OpCase.of(new Categories.CategoryMapper(numbers, cities, -1, "_Unused"))
            .inputs(words("Rom", "Bern", "Paris"))
            .note("to numbers"),
        OpCase.of(new Categories.CategoryMapper(numbers, cities, -1, "none"))
            .inputs(i64(0, 5, 2, 3))
            .note("to strings"),
        OpCase.of(encoder(List.of(), numbers, List.of(), List.of(1.5f, 2.5f, 3.5f), List.of()))
            .inputs(i64(0, 5, 2, 3)),
        OpCase.of(encoder(List.of(), List.of(), cities, List.of(), numbers))
            .inputs(words("Rom", "Paris")),
        OpCase.of(encoder(List.of(1f, Float.NaN, 2f), List.of(), List.of(), List.of(), numbers))
            .inputs(data(vector(2, 1, Float.NaN, 5))),
        OpCase.of(new Categories.OneHotEncoder(numbers, List.of(), true)).inputs(i64(0, 5, 2, 3)),
        OpCase.of(new Categories.OneHotEncoder(List.of(), cities, true))
            .inputs(words("Rom", "Paris")));
  }

  private static Categories.LabelEncoder encoder(
      List<Float> floatKeys,
      List<Long> longKeys,
      List<String> stringKeys,
      List<Float> floats,
      List<Long> longs) {
    return new Categories.LabelEncoder(
        -0f,
        -1,
        "_Unused",
        null,
        floatKeys,
        longKeys,
        stringKeys,
        null,
        floats,
        longs,
        List.of(),
        null);
  }

  private static List<OpCase> dictionaries() {
    Type number = new TensorType(ElementType.FLOAT32, Shape.UNRANKED);
    Type byNumber = new Type.Map(ElementType.INT64, number);
    Type byName = new Type.Map(ElementType.STRING, number);
    return List.of(
        OpCase.of(
                new Dictionaries.CastMap(
                    Dictionaries.CastTo.TO_INT64, Dictionaries.MapForm.SPARSE, 7))
            .inputs(typed(byNumber))
            .notRun(NO_MAPS),
        OpCase.of(new Dictionaries.DictVectorizer(List.of(), List.of("a", "b")))
            .inputs(typed(byName))
            .notRun(NO_MAPS),
        OpCase.of(new Dictionaries.ZipMap(List.of(4L, 5L, 6L), List.of()))
            .inputs(f32(2, 3))
            .notRun(NO_MAPS));
  }

  private static List<OpCase> linear() {
    List<Float> six = List.of(0.5f, -1f, 2f, 1f, 0.25f, -0.5f);
    List<Float> biases = List.of(0.1f, -0.2f);
    return List.of(
        OpCase.of(new LinearModels.LinearRegressor(six, biases, PostTransform.NONE, 2))
            .inputs(f32(4, 3)),
        OpCase.of(new LinearModels.LinearRegressor(six, biases, PostTransform.SOFTMAX, 2))
            .inputs(f32(4, 3)),
        OpCase.of(
                new LinearModels.LinearRegressor(
                    six.subList(0, 3), List.of(), PostTransform.NONE, 1))
            .inputs(f32(4, 3)),
        OpCase.of(new LinearModels.LinearRegressor(six, List.of(), PostTransform.LOGISTIC, 2))
            .inputs(f32(4, 3)),
        OpCase.of(
                new LinearModels.LinearClassifier(
                    List.of(7L, 9L), List.of(), six, biases, false, PostTransform.SOFTMAX))
            .inputs(f32(4, 3)),
        OpCase.of(
                new LinearModels.LinearClassifier(
                    List.of(), List.of("no", "yes"), six, biases, true, PostTransform.NONE))
            .inputs(f32(4, 3)));
  }

  private static List<OpCase> supportVectors() {
    List<OpCase> rows = new ArrayList<>();
    List<Float> vectors = List.of(0.5f, -1f, 1f, 0.25f, -0.5f, 0.75f);
    List<Float> weights = List.of(1f, -0.5f, 0.75f);
    List<Float> params = List.of(0.5f, 0.1f, 3f);
    for (SupportVectors.Kernel kernel : SupportVectors.Kernel.values()) {
      rows.add(
          OpCase.of(
                  new SupportVectors.SVMRegressor(
                      weights,
                      params,
                      kernel,
                      3,
                      false,
                      PostTransform.NONE,
                      List.of(0.2f),
                      vectors))
              .inputs(f32(4, 2)));
      rows.add(
          OpCase.of(
                  new SupportVectors.SVMClassifier(
                      List.of(1L, 2L),
                      List.of(),
                      weights,
                      params,
                      kernel,
                      PostTransform.NONE,
                      List.of(),
                      List.of(),
                      List.of(0.2f),
                      vectors,
                      List.of(1L, 2L)))
              .inputs(f32(4, 2)));
    }
    List<Float> probabilities = List.of(1f, 0.5f, -0.5f);
    List<Float> six = List.of(1f, -0.5f, 0.75f, 0.5f, 0.25f, -1f);
    rows.add(
        OpCase.of(
                new SupportVectors.SVMClassifier(
                    List.of(),
                    List.of("a", "b", "c"),
                    six,
                    params,
                    SupportVectors.Kernel.RBF,
                    PostTransform.NONE,
                    probabilities,
                    List.of(0.1f, 0.2f, 0.3f),
                    List.of(0.2f, 0.1f, 0.3f),
                    vectors,
                    List.of(1L, 1L, 1L)))
            .inputs(f32(4, 2)));
    rows.add(
        OpCase.of(
                new SupportVectors.SVMClassifier(
                    List.of(1L, 2L, 3L),
                    List.of(),
                    six,
                    params,
                    SupportVectors.Kernel.RBF,
                    PostTransform.NONE,
                    List.of(),
                    List.of(),
                    List.of(0.2f, 0.1f, 0.3f),
                    vectors,
                    List.of(1L, 1L, 1L)))
            .inputs(f32(4, 2)));
    for (PostTransform transform : List.of(PostTransform.SOFTMAX, PostTransform.LOGISTIC)) {
      rows.add(
          OpCase.of(
                  new SupportVectors.SVMClassifier(
                      List.of(1L, 2L),
                      List.of(),
                      weights,
                      params,
                      SupportVectors.Kernel.RBF,
                      transform,
                      List.of(),
                      List.of(),
                      List.of(-0.2f),
                      vectors,
                      List.of(2L, 1L)))
              .inputs(f32(4, 2)));
    }
    rows.add(
        OpCase.of(
                new SupportVectors.SVMClassifier(
                    List.of(1L, 2L),
                    List.of(),
                    weights,
                    params,
                    SupportVectors.Kernel.RBF,
                    PostTransform.NONE,
                    List.of(-1.5f),
                    List.of(0.1f),
                    List.of(-0.2f),
                    vectors,
                    List.of(2L, 1L)))
            .inputs(f32(2, 2)));
    for (int classes = 2; classes <= 3; classes++) {
      rows.add(
          OpCase.of(
                  new SupportVectors.SVMClassifier(
                      List.of(5L, 6L, 7L).subList(0, classes),
                      List.of(),
                      six,
                      params,
                      SupportVectors.Kernel.LINEAR,
                      PostTransform.SOFTMAX,
                      List.of(),
                      List.of(),
                      List.of(0.25f),
                      List.of(),
                      List.of()))
              .inputs(f32(4, 6 / classes)));
    }
    rows.add(
        OpCase.of(
                new SupportVectors.SVMRegressor(
                    weights,
                    params,
                    SupportVectors.Kernel.RBF,
                    3,
                    true,
                    PostTransform.NONE,
                    List.of(-0.5f),
                    vectors))
            .inputs(i64(0, 3, 4, 2)));
    return rows;
  }
}
