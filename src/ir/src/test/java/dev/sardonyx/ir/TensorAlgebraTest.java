package dev.sardonyx.ir;

import static dev.sardonyx.ir.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorAlgebraTest {
  private static Value einsum(String equation, String types) {
    List<Value> inputs = new ArrayList<>();
    for (String type : types.strip().split(" ")) {
      inputs.add(Value.input("x" + inputs.size(), TensorType.parse("float32" + type)));
    }
    return Value.einsum(equation, inputs.toArray(Value[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bij,bjk->bik        | [B,I,4] [B,4,K]   | [B,I,K]",
        "bij,bjk             | [B,I,4] [B,4,K]   | [I,K]",
        "ba                  | [2,N]             | [N,2]",
        "aA                  | [2,N]             | [N,2]",
        "i,j                 | [N] [M]           | [N,M]",
        "ii                  | [N,N]             | []",
        "...ii->...i         | [A,B,3,3]         | [A,B,3]",
        "...ij,...jk->...ik  | [5,1,I,J] [B,J,K] | [5,B,I,K]",
        "...,...             | [N,1] [4]         | [N,4]",
        "ij,jk->ik           | [*] [J,K]         | [?,K]",
        "...j->...           | [*]               | [*]",
        ",ij->ji             | [] [2,N]          | [N,2]",
        "i,i->i              | [1] [N]           | [N]",
        "i,i->i              | [N] [3]           | [3]",
      })
  void shapes(String equation, String inputs, String output) {
    assertEquals(TensorType.parse("float32" + output), einsum(equation, inputs).type());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ij,jk->ik->",
        "i1->i",
        "ij->ii",
        "ij->k",
        "ij...->ij",
        "i..->i",
        "....ij",
        "...i...",
        "ij-ji",
      })
  void equationsThatAreNone(String equation) {
    Value x = Value.input("x", TensorType.parse("float32[3,3]"));
    assertRefused(
        "[ATTR-054] Einsum cannot read the equation \"" + equation + "\"",
        "Inputs: float32[3,3]",
        () -> Value.einsum(equation, x));
  }

  @Test
  void refusesWhatDoesNotFitTheEquation() {
    assertRefused(
        "[ATTR-051] Einsum names 2 terms for 1 inputs",
        "Inputs: float32[2,3]",
        () -> einsum("ij,jk->ik", "[2,3]"));
    assertRefused(
        "[SHAPE-055] Einsum names 2 axes of Inputs, which has 3",
        "Inputs: float32[2,3,4]",
        () -> einsum("ij->ji", "[2,3,4]"));
    assertRefused(
        "[SHAPE-055] Einsum names 3 axes of Inputs_1, which has 2",
        "Inputs: float32[2]   Inputs_1: float32[2,3]",
        () -> einsum("i,...ijk->...k", "[2] [2,3]"));
    assertRefused(
        "[SHAPE-003] Einsum cannot broadcast 3 against 4",
        "Inputs: float32[2,3]   Inputs_1: float32[4,2]",
        () -> einsum("ij,jk->ik", "[2,3] [4,2]"));
    assertRefused(
        "[SHAPE-023] Einsum needs the axes of one letter in Inputs to agree, got 3 and 4",
        "Inputs: float32[3,4]",
        () -> einsum("ii->i", "[3,4]"));
  }

  @Test
  void determinantsOfSquareMatrices() {
    Op det = new TensorAlgebra.Det();
    Value batch = Value.input("X", TensorType.parse("float32[B,N,N]"));
    assertEquals(TensorType.parse("float32[B]"), Value.of(det, batch).type());
    assertRefused(
        "[SHAPE-056] Det takes square matrices, got 3 rows of 4",
        "X: float32[3,4]",
        () -> Value.of(det, Value.input("X", TensorType.parse("float32[3,4]"))));
    assertRefused(
        "[SHAPE-054] Det takes matrices, got rank 1",
        "X: float32[3]",
        () -> Value.of(det, Value.input("X", TensorType.parse("float32[3]"))));
  }

  @Test
  void trianglesAndIdentitiesOfMatrices() {
    Value vector = Value.input("x", TensorType.parse("float32[3]"));
    Value batch = Value.input("x", TensorType.parse("float32[2,3,3]"));
    assertRefused(
        "[SHAPE-054] Trilu takes matrices, got rank 1",
        "input: float32[3]",
        () -> Value.of(new Diagonals.Trilu(true), vector));
    assertRefused(
        "[SHAPE-054] EyeLike takes a matrix, got rank 3",
        "input: float32[2,3,3]",
        () -> Value.of(new Diagonals.EyeLike(null, 0), batch));
  }
}
