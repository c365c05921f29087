package dev.sardonyx.ops.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaNamesTest {
  @ParameterizedTest
  @CsvSource({
    "Conv, conv",
    "LSTM, lstm",
    "PRelu, pRelu",
    "MatMul, matMul",
    "RMSNormalization, rmsNormalization",
    "QLinearConv, qLinearConv",
    "Col2Im, col2Im",
    "If, ifOp",
    "SVMClassifier, svmClassifier"
  })
  void operatorsAreMethods(String operator, String method) {
    assertEquals(method, JavaNames.method(operator));
  }

  @ParameterizedTest
  @CsvSource({
    "X, x",
    "Y_h, yH",
    "data_0, data0",
    "InvStdDev, invStdDev",
    "transA, transA",
    "sequence_lens, sequenceLens",
    "keys_int64s, keysInt64s"
  })
  void inputsAndAttributesAreParameters(String onnx, String java) {
    assertEquals(java, JavaNames.member(onnx));
  }
}
