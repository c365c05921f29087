package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.assertRefused;
import static dev.sardonyx.ir.ShapeRules.x;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import org.junit.jupiter.api.Test;

class TypeRulesTest {
  private static final Type FLOATS = TensorType.of(ElementType.FLOAT32, 2);

  @Test
  void theRefusalNamesTheInputAndWhatItMayBe() {
    assertRefused(
        "TYPE-003",
        "Sqrt takes no int32 as X",
        "cast it: X may be float32, float16, float64 or bfloat16",
        () -> x("int32[3]").sqrt());
    assertRefused(
        "TYPE-003",
        "Where takes no float32 as condition",
        "cast it: condition may be bool",
        () -> x("float32[3]").where(x("float32[3]"), x("float32[3]")));
    assertRefused(
        "TYPE-003",
        "Cast takes no complex64 as input",
        "cast it: input may be anything but complex64 or complex128",
        () -> x("complex64[3]").cast(ElementType.FLOAT32));
  }

  @Test
  void inputsOfOneVariableAgree() {
    assertRefused(
        "TYPE-002",
        "Where needs X and Y of one element type, got float32 and float64",
        "cast one of them; ONNX converts nothing by itself",
        () -> x("bool[3]").where(x("float32[3]"), x("float64[3]")));
  }

  @Test
  void containersAreTakenWhereTheStandardSays() {
    Type sequence = new Type.Sequence(FLOATS);
    Value list = Value.input("list", sequence);
    assertEquals(sequence, Value.of(new Elementwise.Identity(), list).type());
    assertRefused(
        "TYPE-001",
        "Sqrt takes a tensor as X, got seq(float32[2])",
        "take the tensor out of its container first",
        list::sqrt);
  }

  @Test
  void aContainerOfTheWrongKindIsRefused() {
    Value map = Value.input("map", new Type.Map(ElementType.INT64, FLOATS));
    Diagnostic refused =
        assertThrows(DiagnosticException.class, () -> Value.of(new Elementwise.Identity(), map))
            .diagnostic();
    assertEquals("TYPE-003", refused.code());
    assertEquals("Identity takes no map(int64,float32) as input", refused.message());
    assertTrue(refused.help().startsWith("input may be float32, "), refused.help());
    assertTrue(refused.help().contains(" seq(float32), "), refused.help());
  }
}
