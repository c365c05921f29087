package dev.sardonyx.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.text.GraphText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What families of operators refuse by rules of their own: inputs, one statement on them, and what
 * is said of it.
 */
class OperatorRefusalTest {
  private static void assertRefused(
      String code, String inputs, String statement, String message, String help) {
    String text = "graph g(%s) {\n  y = %s\n  return y = y\n}\n".formatted(inputs, statement);
    Diagnostic d =
        assertThrows(DiagnosticException.class, () -> GraphText.parse(text, "t")).diagnostic();
    String type = statement.substring(0, statement.indexOf(statement.contains("<") ? '<' : '('));
    assertEquals(
        "%s %s %s\nhelp: %s"
            .formatted(code, type.substring(type.lastIndexOf('.') + 1), message, help),
        "%s %s\nhelp: %s".formatted(d.code(), d.message(), d.help()));
    assertEquals("t:2", d.at().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SHAPE-090 | x: float32[2,3], s: float32[4] | QuantizeLinear(x, s)"
            + " | needs one number, or [3] for axis 1 as y_scale, got [4]",
        "SHAPE-090 | x: float32[2,3], s: float32[3], z: uint8[] | QuantizeLinear(x, s, z)"
            + " | needs [3] (the scale's shape) as y_zero_point, got []",
        "SHAPE-090 | q: int8[2,6], s: float32[2,3]"
            + " | DequantizeLinear<axis=1, block_size=3>(q, s)"
            + " | needs [2,2] for blocks of 3 as x_scale, got [2,3]",
      })
  void scalesGoWithATensor(String code, String inputs, String statement, String message) {
    assertRefused(
        code,
        inputs,
        statement,
        message,
        "a scale is one number, or a vector along axis, or with block_size one for each block");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SHAPE-090 | a: uint8[3,4], b: uint8[4,5], za: uint8[2] | MatMulInteger(a, b, za)"
            + " | needs one number as a_zero_point or one for each of 3 rows, got [2]"
            + " | give the shape [], or [3]",
        "SHAPE-090 | a: uint8[3,4], b: uint8[4,5], za: uint8[], zb: uint8[4]"
            + " | MatMulInteger(a, b, za, zb)"
            + " | needs one number as b_zero_point or one for each of 5 columns, got [4]"
            + " | give the shape [], or [5]",
        "SHAPE-090 | x: uint8[1,1,4,4], w: uint8[6,1,3,3], zx: uint8[], zw: uint8[5]"
            + " | ConvInteger(x, w, zx, zw)"
            + " | needs one number as w_zero_point or one for each of 6 output channels, got [5]"
            + " | give the shape [], or [6]",
        "TYPE-020 | x: float32[2,3], s: float32[], z: uint8[]"
            + " | QuantizeLinear<output_dtype=3>(x, s, z)"
            + " | has output_dtype=int8 and a zero point of uint8"
            + " | leave output_dtype out: the zero point says what the result holds",
      })
  void quantization(String code, String inputs, String statement, String message, String help) {
    assertRefused(code, inputs, statement, message, help);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SHAPE-092 | x: float32[2,8,3] | DFT(x)"
            + " | takes real or complex numbers on the last axis, got the shape [2,8,3]"
            + " | the last axis is 1 for real numbers and 2 for complex ones;"
            + " onesided=1 means real signals",
        "SHAPE-092 | x: float32[2,8,2] | DFT<onesided=1>(x)"
            + " | takes real numbers on the last axis, got the shape [2,8,2]"
            + " | the last axis is 1 for real numbers and 2 for complex ones;"
            + " onesided=1 means real signals",
        "SHAPE-092 | x: float32[2,8,1] | DFT<inverse=1, onesided=1>(x)"
            + " | takes complex numbers on the last axis, got the shape [2,8,1]"
            + " | the last axis is 1 for real numbers and 2 for complex ones;"
            + " onesided=1 means real signals",
        "SHAPE-092 | x: float32[2,8,1] | DFT(x, _, -1)"
            + " | cannot transform axis 2, which holds real and imaginary parts"
            + " | give an axis before the last one",
        "SHAPE-070 | x: float32[2,8] | STFT(x, 4, _, 4)"
            + " | takes a signal of rank 3, got rank 2"
            + " | the axes are batch, time, and real and imaginary part",
        "SHAPE-030 | x: float32[2,8,1] | STFT(x, 0, _, 4)"
            + " | has a frame_step of 0 | windows move on by 1 or more",
        "SHAPE-070 | x: int64[2,3,4] | TfIdfVectorizer<max_gram_length=1, max_skip_count=0,"
            + " min_gram_length=1, mode=\"TF\", ngram_counts=[0], ngram_indexes=[0],"
            + " pool_int64s=[7]>(x)"
            + " | takes the shape [C] or [N,C], got [2,3,4] | give rows of words",
        "SHAPE-093 | x: string[2,3] | StringNormalizer(x)"
            + " | takes the shape [C] or [1,C], got [2,3] | give one row of texts",
      })
  void signalsAndTexts(String code, String inputs, String statement, String message, String help) {
    assertRefused(code, inputs, statement, message, help);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TYPE-021 | x: float32[2] | SequenceMap<body=graph b(e: float32[2]) { return e = e }>(x)"
            + " | takes a sequence as input_sequence, got float32[2]"
            + " | make one by SequenceConstruct or SplitToSequence",
        "TYPE-021 | x: float32[2] | SequenceLength(x)"
            + " | takes a sequence as input_sequence, got float32[2]"
            + " | make one by SequenceConstruct or SplitToSequence",
        "TYPE-021 | x: float32[2] | ai.onnx.ml.CastMap(x)"
            + " | takes a map as X, got float32[2] | maps come as inputs of a model",
        "GRAPH-011 | x: seq(float32[2]), z: float32[2]"
            + " | SequenceMap<body=graph b(e: float32[2]) { r = Neg(e) return r = r }>(x, z)"
            + " | gives its body 2 inputs, which takes 1"
            + " | the number follows from the operator's own inputs",
      })
  void containers(String code, String inputs, String statement, String message, String help) {
    assertRefused(code, inputs, statement, message, help);
  }
}
