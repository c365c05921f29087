package dev.sardonyx.ir;

import static dev.sardonyx.ir.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.TensorType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {
  private static final List<Long> NONE = List.of();

  private static List<Long> longs(String text) {
    return text == null ? NONE : Arrays.stream(text.split(" ")).map(Long::valueOf).toList();
  }

  private static Value in(String name, String type) {
    return Value.input(name, TensorType.parse(type));
  }

  private static Op conv(
      AutoPad auto, String dilations, long group, String kernel, String pads, String strides) {
    return new Convolution.Conv(
        auto, longs(dilations), group, longs(kernel), longs(pads), longs(strides));
  }

  private static Op transpose(
      AutoPad auto,
      String dilations,
      long group,
      String extra,
      String out,
      String pads,
      String by) {
    return new Convolution.ConvTranspose(
        auto, longs(dilations), group, NONE, longs(extra), longs(out), longs(pads), longs(by));
  }

  private static final String W = "W";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // x              | w             | auto_pad   | strides | pads    | dilations | g | y
        "[N,3,28,28]      | [6,3,5,5]     | NOTSET     |         |         |           | 1 | [N,6,24,24]",
        "[2,3,7,8]        | [4,3,3,2]     | NOTSET     | 2 3     | 1 0 1 1 |           | 1 | [2,4,4,3]",
        "[1,2,10]         | [3,2,3]       | NOTSET     |         |         | 3         | 1 | [1,3,4]",
        "[1,2,10]         | [3,2,3]       | NOTSET     | 2       | 0 3     | 3         | 1 | [1,3,4]",
        "[1,1,7,8]        | [1,1,3,3]     | SAME_UPPER | 2 2     |         |           | 1 | [1,1,4,4]",
        "[1,1,5]          | [2,1,3]       | SAME_LOWER | 3       |         |           | 1 | [1,2,2]",
        "[1,1,8]          | [1,1,1]       | SAME_UPPER | 3       |         |           | 1 | [1,1,3]",
        "[1,1,7]          | [1,1,3]       | SAME_UPPER |         |         | 2         | 1 | [1,1,7]",
        "[1,1,6]          | [1,1,3]       | VALID      | 2       |         |           | 1 | [1,1,2]",
        "[N,6,9]          | [9,2,4]       | NOTSET     |         |         |           | 3 | [N,9,6]",
        "[1,1,4,5,6]      | [2,1,2,3,4]   | NOTSET     |         |         |           | 1 | [1,2,3,3,3]",
        "[N,3,H,W]        | [8,3,3,3]     | NOTSET     |         | 1 1 1 1 |           | 1 | [N,8,H,W]",
        "[N,3,H]          | [8,3,3]       | NOTSET     | 2       | 1 1     |           | 1 | [N,8,floor((H-1)/2)+1]",
        "[N,3,H]          | [8,3,3]       | SAME_LOWER | 2       |         |           | 1 | [N,8,floor((H+1)/2)]",
        "[N,3,H]          | [8,3,4]       | SAME_UPPER |         |         |           | 1 | [N,8,H]",
        "[N,C,9]          | [M,K,4]       | NOTSET     |         |         |           | 2 | [N,M,6]",
        "[N,3,9]          | [8,3,K]       | NOTSET     |         |         |           | 1 | [N,8,?]",
        "[*]              | [8,3,3]       | NOTSET     |         |         |           | 1 | [*]",
        "[N,3,9]          | [*]           | NOTSET     |         |         |           | 1 | [*]",
      })
  void convHasOneElementForEachWindow(
      String x, String w, AutoPad auto, String by, String pads, String dil, long g, String y) {
    Value result =
        Value.of(conv(auto, dil, g, null, pads, by), in("X", "float32" + x), in(W, "float32" + w));
    assertEquals(TensorType.parse("float32" + y), result.type());
  }

  @Test
  void theAttributeTellsTheExtentsOfAKernelThatDoesNot() {
    Op op = conv(AutoPad.NOTSET, null, 1, "4", null, null);
    Value y = Value.of(op, in("X", "float32[N,3,9]"), in(W, "float32[8,3,K]"));
    assertEquals(TensorType.parse("float32[N,8,6]"), y.type());
  }

  @Test
  void aBiasTakesOneNumberForEachOutputChannel() {
    Op op = conv(AutoPad.NOTSET, null, 1, null, null, null);
    Value x = in("X", "float32[N,3,9]");
    Value w = in(W, "float32[8,3,2]");
    assertEquals(
        TensorType.parse("float32[N,8,8]"), Value.of(op, x, w, in("B", "float32[8]")).type());
    assertRefused(
        "[SHAPE-043] Conv needs a bias of the shape [8], got [3]",
        "X: float32[N,3,9]   W: float32[8,3,2]   B: float32[3]",
        "the bias has one number for each output channel",
        () -> Value.of(op, x, w, in("B", "float32[3]")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // x        | w         | auto_pad   | strides | pads    | dil | extra | out | g | y
        "[N,3,5,5]  | [3,6,3,3] | NOTSET     |         |         |     |       |     | 1 | [N,6,7,7]",
        "[N,3,5,4]  | [3,6,3,2] | NOTSET     | 2 3     | 1 0 1 1 |     | 1 2   |     | 1 | [N,6,10,12]",
        "[1,4,3]    | [4,3,2]   | NOTSET     | 2       |         | 3   |       |     | 2 | [1,6,8]",
        "[1,1,3]    | [1,1,3]   | SAME_UPPER | 2       |         |     |       |     | 1 | [1,1,6]",
        "[1,1,3]    | [1,1,2]   | SAME_LOWER | 3       |         |     |       |     | 1 | [1,1,8]",
        "[1,1,4]    | [1,1,3]   | SAME_UPPER |         |         | 2   |       |     | 1 | [1,1,4]",
        "[1,1,3]    | [1,1,3]   | VALID      | 2       |         |     |       |     | 1 | [1,1,7]",
        "[1,1,3]    | [1,1,3]   | NOTSET     | 2       |         |     |       | 6   | 1 | [1,1,6]",
        "[1,1,3]    | [1,1,3]   | NOTSET     | 2       |         |     |       | 8   | 1 | [1,1,8]",
        "[N,C,H]    | [C,6,4]   | NOTSET     | 2       | 1 1     |     |       |     | 1 | [N,6,2*H]",
        "[N,C,H]    | [C,6,3]   | SAME_UPPER | 2       |         |     |       |     | 1 | [N,6,2*H]",
        "[N,C,H]    | [C,6,1]   | SAME_UPPER | 3       |         |     |       |     | 1 | [N,6,3*H-2]",
        "[N,C,2,2,2]| [C,1,2,2,2]| NOTSET    | 2 2 2   |         |     |       |     | 1 | [N,1,4,4,4]",
        "[N,3,5]    | [3,8,K]   | NOTSET     |         |         |     |       |     | 1 | [N,8,?]",
        "[*]        | [3,8,3]   | NOTSET     |         |         |     |       |     | 1 | [*]",
      })
  void transposedConvCoversWhatItsWindowsCover(
      String x,
      String w,
      AutoPad auto,
      String by,
      String pads,
      String dil,
      String extra,
      String out,
      long g,
      String y) {
    Op op = transpose(auto, dil, g, extra, out, pads, by);
    Value result = Value.of(op, in("X", "float32" + x), in(W, "float32" + w));
    assertEquals(TensorType.parse("float32" + y), result.type());
  }

  @Test
  void channelsMustBeTheKernels() {
    Value x = in("image", "float32[N,1,28,28]");
    assertRefused(
        "[SHAPE-040] Conv needs 3 input channels, got 1",
        "X: float32[N,1,28,28]   W: float32[6,3,5,5]",
        "the kernel's second axis counts input channels divided by groups",
        () ->
            Value.of(
                conv(AutoPad.NOTSET, null, 1, null, null, null), x, in(W, "float32[6,3,5,5]")));
    assertRefused(
        "[SHAPE-040] ConvTranspose needs 3 input channels, got 1",
        "X: float32[N,1,28,28]   W: float32[3,6,5,5]",
        "the kernel's first axis counts input channels",
        () ->
            Value.of(
                transpose(AutoPad.NOTSET, null, 1, null, null, null, null),
                x,
                in(W, "float32[3,6,5,5]")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "[1,4,9] | [5,2,3] | NOTSET | - | 2 | - | - | - | SHAPE-041 | Conv has 5 output channels for 2 groups",
        "[1,4]   | [5,4]   | NOTSET | - | 1 | - | - | - | SHAPE-042 | Conv needs an input of rank 3 or more, got rank 2",
        "[1,4,9] | [5,4]   | NOTSET | - | 1 | - | - | - | SHAPE-042 | Conv needs a kernel of rank 3, got rank 2",
        "[1,4,3] | [5,4,4] | NOTSET | - | 1 | - | - | - | SHAPE-044 | Conv has windows of 4 on an axis of 3, padding included",
        "[1,4,3] | [5,4,3] | NOTSET | 2 | 1 | - | 1 0 | - | SHAPE-044 | Conv has windows of 5 on an axis of 4, padding included",
        "[1,4,9] | [5,4,3] | NOTSET | - | 1 | 2 | - | - | ATTR-045 | Conv has kernel_shape=[2] for a kernel [5,4,3]",
        "[1,4,9] | [5,4,0] | NOTSET | - | 1 | - | - | - | ATTR-004 | Conv has 0 in kernel_shape",
        "[1,4,9] | [5,4,3] | NOTSET | - | 1 | - | - | 1 1 | ATTR-040 | Conv needs strides of length 1, got length 2",
        "[1,4,9] | [5,4,3] | NOTSET | - | 1 | - | 1 | - | ATTR-040 | Conv needs pads of length 2, got length 1",
        "[1,4,9] | [5,4,3] | NOTSET | - | 1 | - | 0 -1 | - | ATTR-004 | Conv has -1 in pads",
        "[1,4,9] | [5,4,3] | NOTSET | 0 | 1 | - | - | - | ATTR-004 | Conv has 0 in dilations",
        "[1,4,9] | [5,4,3] | NOTSET | - | 0 | - | - | - | ATTR-004 | Conv has 0 in group",
        "[1,4,9] | [5,4,3] | SAME_UPPER | - | 1 | - | 1 1 | - | ATTR-042 | Conv has both auto_pad=SAME_UPPER and pads=[1, 1]",
      })
  void convRefuses(
      String x,
      String w,
      AutoPad auto,
      String dil,
      long g,
      String kernel,
      String pads,
      String by,
      String code,
      String message) {
    assertRefused(
        "[" + code + "] " + message,
        "X: float32" + x + "   W: float32" + w,
        () ->
            Value.of(
                conv(auto, dil, g, kernel, pads, by),
                in("X", "float32" + x),
                in(W, "float32" + w)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "[1,3,4] | [3,2,3] | 2 | - | - | - | SHAPE-041 | ConvTranspose has 3 input channels for 2 groups",
        "[1,2,4] | [2,2,3] | 1 | 2 | - | - | ATTR-043 | ConvTranspose has the output padding 2 for stride 2 and dilation 1",
        "[1,2,4] | [2,2,3] | 1 | - | 11 | - | ATTR-044 | ConvTranspose cannot reach the output shape 11 from an extent of 9",
        "[1,2,4] | [2,2,3] | 1 | - | - | 5 4 | SHAPE-045 | ConvTranspose pads away all of a result of 9 with 5 and 4",
      })
  void transposedConvRefuses(
      String x, String w, long g, String extra, String out, String pads, String code, String text) {
    Op op = transpose(AutoPad.NOTSET, null, g, extra, out, pads, "2");
    assertRefused(
        "[" + code + "] " + text,
        "X: float32" + x + "   W: float32" + w,
        () -> Value.of(op, in("X", "float32" + x), in(W, "float32" + w)));
  }

  @Test
  void elementTypesMustBeTheSame() {
    assertRefused(
        "[TYPE-002] Conv needs X and W of one element type, got float32 and float16",
        "X: float32[1,1,3]   W: float16[1,1,3]",
        () ->
            Value.of(
                conv(AutoPad.NOTSET, null, 1, null, null, null),
                in("X", "float32[1,1,3]"),
                in(W, "float16[1,1,3]")));
  }

  @Test
  void hostileAttributesOverflowNothing() {
    String huge = Long.toString(Long.MAX_VALUE);
    Op op = conv(AutoPad.NOTSET, huge, 1, null, huge + " " + huge, null);
    Value x = in("X", "float32[1,1,3]");
    Diagnostic refused =
        assertThrows(DiagnosticException.class, () -> Value.of(op, x, in(W, "float32[1,1,3]")))
            .diagnostic();
    assertEquals("SHAPE-001", refused.code());
  }
}
