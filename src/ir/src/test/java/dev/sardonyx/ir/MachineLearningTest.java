package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.assertRefused;
import static dev.sardonyx.ir.ShapeRules.x;

import dev.sardonyx.ir.LinearModels.LinearRegressor;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the operators of ai.onnx.ml refuse; their numbers are tested with the operators' rows. */
class MachineLearningTest {
  private static final Value ROWS = x("float32[N,2]");

  private static LinearRegressor linear(List<Float> coefficients, List<Float> intercepts) {
    return new LinearRegressor(coefficients, intercepts, PostTransform.NONE, 2);
  }

  @Test
  void listsGoSideBySide() {
    assertRefused(
        "ATTR-070",
        "LinearRegressor has 1 intercepts for 2 targets",
        "give one intercept for each target, or none",
        () -> Value.of(linear(List.of(1f, 2f, 3f, 4f), List.of(1f)), ROWS));
    assertRefused(
        "ATTR-072",
        "LinearRegressor has 3 coefficients for 2 columns and 2 results",
        "give each result one coefficient for each column",
        () -> Value.of(linear(List.of(1f, 2f, 3f), List.of()), ROWS));
    assertRefused(
        "ATTR-072",
        "ZipMap has 3 keys for 2 columns",
        "give one key for each column",
        () -> Value.of(new Dictionaries.ZipMap(List.of(1L, 2L, 3L), List.of()), ROWS));
  }

  @Test
  void oneOfTwoAttributesIsGiven() {
    String help = "give exactly one of the two";
    assertRefused(
        "ATTR-071",
        "ZipMap has neither classlabels_strings nor classlabels_int64s",
        help,
        () -> Value.of(new Dictionaries.ZipMap(List.of(), List.of()), ROWS));
    assertRefused(
        "ATTR-071",
        "ZipMap has both classlabels_strings and classlabels_int64s",
        help,
        () -> Value.of(new Dictionaries.ZipMap(List.of(1L), List.of("a")), ROWS));
  }

  @Test
  void keysAreOfTheInputsType() {
    Type map = new Type.Map(ElementType.INT64, TensorType.parse("float32[]"));
    Op vectorizer = new Dictionaries.DictVectorizer(List.of(), List.of("a", "b"));
    assertRefused(
        "TYPE-022",
        "DictVectorizer has no vocabulary of int64 keys",
        "give the keys in the attribute that is for their type",
        () -> Value.of(vectorizer, Value.input("m", map)));
    assertRefused(
        "TYPE-003",
        "DictVectorizer takes no float32 as X",
        "X may be map(int64,float32), map(int64,string), map(int64,float64), map(string,float32),"
            + " map(string,int64) or map(string,float64)",
        () -> Value.of(vectorizer, ROWS));
  }

  @Test
  void samplesAreRows() {
    assertRefused(
        "SHAPE-094",
        "LinearRegressor takes the shape [N,C] or [C] as X, got [N,2,2]",
        "give samples as rows",
        () -> Value.of(linear(List.of(1f, 2f, 3f, 4f), List.of()), x("float32[N,2,2]")));
    Op counts =
        new TfIdfVectorizer(
            1,
            0,
            1,
            TfIdfVectorizer.Mode.TF,
            List.of(0L),
            List.of(0L),
            List.of(7L),
            List.of(),
            List.of());
    assertRefused(
        "SHAPE-093",
        "TfIdfVectorizer takes the shape [C] or [N,C], got [2,3,4]",
        "give rows of words",
        () -> Value.of(counts, x("int64[2,3,4]")));
  }
}
