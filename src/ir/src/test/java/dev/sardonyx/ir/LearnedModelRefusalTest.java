package dev.sardonyx.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.text.GraphText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of numbers and of words that do not go with each other, or not with the input. */
class LearnedModelRefusalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ATTR-070 | int64[2] | CategoryMapper<cats_int64s=[1, 2], cats_strings=[\"a\"]>"
            + " | has 2 elements in cats_int64s and 1 in cats_strings"
            + " | the two lists go side by side and have one length",
        "ATTR-070 | int64[2] | LabelEncoder<keys_int64s=[1, 2], values_floats=[0.5]>"
            + " | has 2 keys and 1 values"
            + " | keys and values go side by side",
        "ATTR-042 | int64[2] | OneHotEncoder"
            + " | has neither cats_int64s nor cats_strings | give exactly one of the two",
        "ATTR-042 | int64[2] | OneHotEncoder<cats_int64s=[1], cats_strings=[\"a\"]>"
            + " | has both cats_int64s and cats_strings | give exactly one of the two",
        "ATTR-042 | int64[2] | LabelEncoder<values_floats=[0.5]>"
            + " | has no keys | give keys in exactly one of the attributes keys_*",
        "ATTR-042 | int64[2] | LabelEncoder<keys_int64s=[1], values_floats=[0.5],"
            + " values_strings=[\"a\"]>"
            + " | has values_strings and values_floats"
            + " | give values in exactly one of the attributes values_*",
        "TYPE-022 | float32[2] | OneHotEncoder<cats_strings=[\"a\"]>"
            + " | looks up strings, got float32"
            + " | give the keys in the attribute that is for the input's type",
        "TYPE-022 | string[2] | LabelEncoder<keys_int64s=[1], values_floats=[0.5]>"
            + " | looks up int64, got string"
            + " | give the keys in the attribute that is for the input's type",
        "TYPE-022 | map(string,float32[*]) | DictVectorizer<int64_vocabulary=[1]>"
            + " | has no vocabulary of string keys"
            + " | give the keys in the attribute that is for their type",
        "ATTR-072 | float32[2,3] | FeatureVectorizer<inputdimensions=[1, 2]>"
            + " | has 2 inputdimensions for 1 inputs | give one number for each input",
        "ATTR-072 | float32[2,3] | Scaler<offset=[1.0, 2.0], scale=[1.0, 2.0]>"
            + " | has 2 scales for 3 columns | give one number, or one for each column",
        "ATTR-072 | float32[2,3] | LinearRegressor<coefficients=[1.0, 2.0], targets=1>"
            + " | has 2 coefficients for 3 columns and 1 results"
            + " | give each result one coefficient for each column",
        "ATTR-072 | float32[2,1]"
            + " | LinearRegressor<coefficients=[1.0, 2.0], intercepts=[1.0], targets=2>"
            + " | has 1 intercepts for 2 targets | give one intercept for each target, or none",
        "ATTR-072 | float32[2,1]"
            + " | SVMRegressor<coefficients=[1.0], kernel_type=\"RBF\", kernel_params=[1.0]>"
            + " | has 1 kernel_params for the kernel RBF"
            + " | give three numbers: gamma, coef0 and degree",
        "ATTR-072 | float32[2,2] | SVMRegressor<coefficients=[1.0], n_supports=1,"
            + " support_vectors=[0.5, 1.0, 1.5]>"
            + " | has 3 numbers in support_vectors for 1 support vectors"
            + " | give 2 for each support vector",
        "ATTR-072 | float32[2,3] | ZipMap<classlabels_int64s=[1, 2]>"
            + " | has 2 keys for 3 columns | give one key for each column",
        "SHAPE-070 | float32[2,3,4] | LinearRegressor<coefficients=[1.0]>"
            + " | takes the shape [N,C] or [C] as X, got [2,3,4] | give samples as rows",
        "SHAPE-070 | float32[] | Normalizer"
            + " | takes the shape [N,C] or [C], got [] | give samples as rows",
      })
  void lists(String code, String input, String operator, String message, String help) {
    String text = "graph g(x: %s) {\n  y = ai.onnx.ml.%s(x)\n  return y = y\n}\n";
    Diagnostic d =
        assertThrows(
                DiagnosticException.class,
                () -> GraphText.parse(text.formatted(input, operator), "t"))
            .diagnostic();
    String type = operator.replaceFirst("<.*", "");
    assertEquals(
        "%s %s %s\nhelp: %s".formatted(code, type, message, help),
        "%s %s\nhelp: %s".formatted(d.code(), d.message(), d.help()));
  }
}
