package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.assertRefused;
import static dev.sardonyx.ir.ShapeRules.x;

import dev.sardonyx.ir.type.Tensor;
import org.junit.jupiter.api.Test;

/** What transforms of signals refuse; their numbers are tested with the operators' rows. */
class SpectraTest {
  private static Value scalar(long value) {
    return Value.constant(Tensor.scalar(value));
  }

  @Test
  void theLastAxisHoldsRealAndImaginaryParts() {
    Op transform = new Spectra.DFT(false, false);
    assertRefused(
        "SHAPE-092",
        "DFT cannot transform axis 1, which holds real and imaginary parts",
        "give an axis before the last one",
        () -> Value.of(transform, x("float32[8,2]"), scalar(8), scalar(1)));
    assertRefused(
        "SHAPE-092",
        "DFT takes real or complex numbers on the last axis, got the shape [8,3]",
        "the last axis is 1 for real numbers and 2 for complex ones; onesided=1 means real signals",
        () -> Value.of(transform, x("float32[8,3]")));
  }

  @Test
  void windowsMoveOnOverASignalOfThreeAxes() {
    Op windows = new Spectra.STFT(false);
    assertRefused(
        "SHAPE-092",
        "STFT takes a signal of rank 3, got rank 2",
        "the axes are batch, time, and real and imaginary part",
        () -> Value.of(windows, x("float32[1,64]"), scalar(8), null, scalar(16)));
    assertRefused(
        "SHAPE-092",
        "STFT has a frame_step of 0",
        "windows move on by 1 or more",
        () -> Value.of(windows, x("float32[1,64,1]"), scalar(0), null, scalar(16)));
  }
}
