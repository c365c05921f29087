package dev.sardonyx.ir;

import static dev.sardonyx.ir.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.type.TensorType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearAlgebraTest {
  private static Value in(String name, String shape) {
    return Value.input(name, TensorType.parse("float32" + shape));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[2,3]     | [3,4]   | [2,4]",
        "[3]       | [3]     | []",
        "[3]       | [3,4]   | [4]",
        "[2,3]     | [3]     | [2]",
        "[3]       | [5,3,4] | [5,4]",
        "[5,2,3]   | [3]     | [5,2]",
        "[N,T,3]   | [3,4]   | [N,T,4]",
        "[7,1,2,3] | [5,3,4] | [7,5,2,4]",
        "[N,2,K]   | [N,3,4] | [N,2,4]",
        "[N,2,3]   | [M,3,4] | [?,2,4]",
        "[*]       | [3,4]   | [*]",
      })
  void matMulMultipliesTheLastTwoAxes(String a, String b, String y) {
    assertEquals(TensorType.parse("float32" + y), in("A", a).matMul(in("B", b)).type());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[2,3]   | [4,5]   | SHAPE-046 | MatMul needs as many columns in A as rows in B, got 3 and 4",
        "[2,3]   | [4]     | SHAPE-046 | MatMul needs as many columns in A as rows in B, got 3 and 4",
        "[]      | [4]     | SHAPE-047 | MatMul takes no scalars",
        "[2,1,3] | [4,3,1] | SHAPE-003 | MatMul cannot broadcast 2 against 4",
      })
  void matMulRefuses(String a, String b, String code, String message) {
    assertRefused(
        "[" + code + "] " + message,
        "A: float32" + a + "   B: float32" + b,
        () -> in("A", a).matMul(in("B", b)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[2,3] | false | [3,4] | false | [4]   | [2,4]",
        "[3,2] | true  | [4,3] | true  | [2,1] | [2,4]",
        "[N,3] | false | [4,3] | true  | []    | [N,4]",
        "[N,K] | false | [*]   | false | [1,M] | [N,?]",
      })
  void gemmTransposesAndStretchesC(
      String a, boolean transA, String b, boolean transB, String c, String y) {
    Value result = in("A", a).gemm(in("B", b), in("C", c), transA, transB);
    assertEquals(TensorType.parse("float32" + y), result.type());
    assertEquals(result.type(), in("A", a).gemm(in("B", b), null, transA, transB).type());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[2,3]   | [4,5] | [5]     | SHAPE-046 | Gemm needs as many columns in A as rows in B, got 3 and 4",
        "[2,3,4] | [4,5] | [5]     | SHAPE-047 | Gemm takes a matrix as A, got rank 3",
        "[2,3]   | [3]   | [5]     | SHAPE-047 | Gemm takes a matrix as B, got rank 1",
        "[2,3]   | [3,5] | [3,5]   | SHAPE-048 | Gemm cannot stretch C to [2,5]",
        "[1,3]   | [3,5] | [1,1,5] | SHAPE-048 | Gemm cannot stretch C to [1,5]",
      })
  void gemmRefuses(String a, String b, String c, String code, String message) {
    assertRefused(
        "[" + code + "] " + message,
        "A: float32%s   B: float32%s   C: float32%s".formatted(a, b, c),
        () -> in("A", a).gemm(in("B", b), in("C", c), false, false));
  }
}
