package dev.sardonyx.ir;

import static dev.sardonyx.ir.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolingTest {
  private static List<Long> longs(String text) {
    return text == null ? List.of() : Arrays.stream(text.split(" ")).map(Long::valueOf).toList();
  }

  private static Value in(String name, String type) {
    return Value.input(name, TensorType.parse(type));
  }

  private static Op max(
      AutoPad auto, boolean ceil, String dilations, String kernel, String pads, String strides) {
    return new Pooling.MaxPool(
        auto, ceil, longs(dilations), longs(kernel), longs(pads), false, longs(strides));
  }

  private static Op average(
      AutoPad auto, boolean ceil, String dilations, String kernel, String pads, String strides) {
    return new Pooling.AveragePool(
        auto, ceil, false, longs(dilations), longs(kernel), longs(pads), longs(strides));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // x          | kernel | auto_pad   | ceil  | strides | pads    | dil | y
        "[N,C,24,24]  | 2 2    | NOTSET     | false | 2 2     |         |     | [N,C,12,12]",
        "[N,C,7,5]    | 3 2    | NOTSET     | false | 2 1     | 1 0 1 0 |     | [N,C,4,4]",
        "[N,C,7]      | 3      | NOTSET     | false |         |         | 2   | [N,C,3]",
        "[N,C,5]      | 2      | NOTSET     | true  | 2       |         |     | [N,C,3]",
        "[N,C,6]      | 3      | NOTSET     | true  | 2       | 1 1     |     | [N,C,4]",
        // The last windows would start at 6 of 5 + 1, and at 3 of 2 + 1: in the padding.
        "[N,C,5]      | 3      | NOTSET     | true  | 3       | 1 1     |     | [N,C,2]",
        "[N,C,2]      | 2      | NOTSET     | true  | 3       | 1 1     |     | [N,C,1]",
        "[N,C,8]      | 3      | NOTSET     | true  | 2       |         | 2   | [N,C,3]",
        "[N,C,5]      | 1      | NOTSET     | true  | 3       |         |     | [N,C,2]",
        "[N,C,6]      | 3      | VALID      | false | 2       |         |     | [N,C,2]",
        "[N,C,6]      | 3      | VALID      | true  | 2       |         |     | [N,C,3]",
        "[N,C,5]      | 3      | SAME_UPPER | false | 2       |         |     | [N,C,3]",
        "[N,C,7]      | 1      | SAME_LOWER | false | 4       |         |     | [N,C,2]",
        // As ONNX Runtime, which reckons the padding without dilation.
        "[N,C,6]      | 3      | SAME_UPPER | false | 2       |         | 2   | [N,C,2]",
        "[N,C,H]      | 3      | SAME_UPPER | false | 2       |         | 2   | [N,C,floor((H+1)/2)-1]",
        "[N,C,H]      | 3      | SAME_LOWER | true  | 2       |         |     | [N,C,floor((H+1)/2)]",
        "[N,C,H]      | 2      | NOTSET     | false | 2       |         |     | [N,C,floor((H-2)/2)+1]",
        "[N,C,H]      | 3      | NOTSET     | true  | 2       | 1 1     |     | [N,C,floor((H+2)/2)]",
        "[N,C,H,W]    | 3 3    | SAME_UPPER | false |         |         |     | [N,C,H,W]",
        "[1,1,4,4,4]  | 2 2 2  | NOTSET     | false | 2 2 2   |         |     | [1,1,2,2,2]",
        "[*]          | 2 2    | NOTSET     | false | 2 2     |         |     | [*]",
      })
  void poolsHaveOneElementForEachWindow(
      String x,
      String k,
      AutoPad auto,
      boolean ceil,
      String by,
      String pads,
      String dil,
      String y) {
    TensorType expected = TensorType.parse("float32" + y);
    Value input = in("X", "float32" + x);
    assertEquals(expected, Value.of(max(auto, ceil, dil, k, pads, by), input).type());
    assertEquals(expected, Value.of(average(auto, ceil, dil, k, pads, by), input).type());
  }

  @Test
  void thePlacesOfMaximaAreAResultThatMustBeAskedFor() {
    Op op = max(AutoPad.NOTSET, false, null, "2", null, "2");
    Value x = in("X", "float32[N,3,8]");
    assertEquals(1, Node.of(op, List.of(x), 1).outputs().size());
    assertEquals(
        List.of(TensorType.parse("float32[N,3,4]"), TensorType.parse("int64[N,3,4]")),
        Node.of(op, List.of(x), 2).types());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "[1,4,9]   | 2 | 2 0 | -   | ATTR-046 | MaxPool has the padding 2 for a kernel of 2",
        "[1,4,9]   | 2 | 0   | -   | ATTR-040 | MaxPool needs pads of length 2, got length 1",
        "[1,4,9]   | 0 | -   | -   | ATTR-004 | MaxPool has 0 in kernel_shape",
        "[1,4,9]   | 2 | -   | 1 1 | ATTR-040 | MaxPool needs strides of length 1, got length 2",
        "[1,4,9]   | - | -   | -   | ATTR-003 | MaxPool misses its attribute kernel_shape",
        "[1,4,3]   | 4 | -   | -   | SHAPE-044 | MaxPool has windows of 4 on an axis of 3, padding included",
        "[1,4,9,9] | 2 | -   | -   | SHAPE-042 | MaxPool with a kernel of 1 axes needs an input of rank 3, got rank 4",
      })
  void poolsRefuse(String x, String kernel, String pads, String by, String code, String message) {
    assertRefused(
        "[" + code + "] " + message,
        "X: float32" + x,
        () -> Value.of(max(AutoPad.NOTSET, false, null, kernel, pads, by), in("X", "float32" + x)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[N,C,5,H] | [N,C,1,1]", "[N,3,9] | [N,3,1]", "[*] | [*]"})
  void globalPoolsLeaveExtentsOfOne(String x, String y) {
    Value input = in("X", "float32" + x);
    TensorType expected = TensorType.parse("float32" + y);
    assertEquals(expected, Value.of(new Pooling.GlobalAveragePool(), input).type());
    assertEquals(expected, Value.of(new Pooling.GlobalMaxPool(), input).type());
  }

  @Test
  void globalPoolsNeedASpatialAxis() {
    assertRefused(
        "[SHAPE-042] GlobalMaxPool needs an input of rank 3 or more, got rank 2",
        "X: float32[2,3]",
        "the axes are batch, channels, then one or more spatial ones",
        () -> Value.of(new Pooling.GlobalMaxPool(), in("X", "float32[2,3]")));
  }

  @Test
  void unpoolingCoversWhatTheWindowsCovered() {
    Value x = in("X", "float32[N,3,4,5]");
    Value places = in("I", "int64[N,3,4,5]");
    Op op = new Pooling.MaxUnpool(List.of(2L, 3L), List.of(0L, 1L, 0L, 0L), List.of(2L, 2L));
    assertEquals(TensorType.parse("float32[N,3,8,10]"), Value.of(op, x, places).type());
    Value shape = Value.constant(Tensor.of(new long[] {2, 3, 9, 10}));
    assertEquals(TensorType.parse("float32[2,3,9,10]"), Value.of(op, x, places, shape).type());
    Value given = in("output_shape", "int64[4]");
    assertEquals(TensorType.parse("float32[N,3,?,?]"), Value.of(op, x, places, given).type());
  }
}
