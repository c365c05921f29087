package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.constant;
import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.f32;

import dev.sardonyx.ir.SignalWindows;
import dev.sardonyx.ir.Spectra;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.testkit.OpCase.Source;
import java.util.ArrayList;
import java.util.List;

/** {@link dev.sardonyx.ir.Signal}. */
final class SignalRows {
  private SignalRows() {}

  static List<OpCase> rows() {
    List<OpCase> rows = new ArrayList<>(spectra());
    rows.addAll(windows());
    return rows;
  }

  private static Source known(long value) {
    return constant(Tensor.scalar(value));
  }

  private static Source later(long value) {
    return data(Tensor.scalar(value));
  }

  private static List<OpCase> spectra() {
    return List.of(
        OpCase.of(new Spectra.DFT(false, false)).inputs(f32(2, 5, 1)),
        OpCase.of(new Spectra.DFT(false, false))
            .inputs(f32(2, 5, 3, 2), null, known(1))
            .note("of an axis"),
        OpCase.of(new Spectra.DFT(false, false))
            .inputs(f32(2, 5, 3, 2), null, later(-3))
            .note("of an axis known later"),
        OpCase.of(new Spectra.DFT(true, false)).inputs(f32(2, 5, 2)),
        OpCase.of(new Spectra.DFT(false, true)).inputs(f32(2, 6, 1)),
        OpCase.of(new Spectra.DFT(true, true)).inputs(f32(2, 4, 2)),
        OpCase.of(new Spectra.DFT(true, true)).inputs(f32(2, 4, 2), known(7)).note("odd"),
        OpCase.of(new Spectra.DFT(false, true)).inputs(f32(2, 6, 1), known(4)).note("cut"),
        OpCase.of(new Spectra.DFT(false, false)).inputs(f32(2, 3, 2), known(5)).note("filled"),
        OpCase.of(new Spectra.DFT(false, true)).inputs(f32(2, 6, 1), later(4)).note("length later"),
        OpCase.of(new Spectra.STFT(true)).inputs(f32(2, 12, 1), known(3), f32(6)),
        OpCase.of(new Spectra.STFT(false)).inputs(f32(2, 12, 2), known(3), null, known(5)),
        OpCase.of(new Spectra.STFT(true))
            .inputs(f32(1, 9, 1), later(2), f32(4), later(4))
            .note("all later"));
  }

  private static List<OpCase> windows() {
    ElementType f32 = ElementType.FLOAT32;
    return List.of(
        OpCase.of(new SignalWindows.HannWindow(true, f32)).inputs(known(7)),
        OpCase.of(new SignalWindows.HannWindow(false, f32)).inputs(later(7)),
        OpCase.of(new SignalWindows.HammingWindow(false, f32)).inputs(known(7)),
        OpCase.of(new SignalWindows.HammingWindow(true, ElementType.FLOAT64)).inputs(later(7)),
        OpCase.of(new SignalWindows.BlackmanWindow(true, f32)).inputs(later(7)),
        OpCase.of(new SignalWindows.BlackmanWindow(false, f32)).inputs(known(7)),
        OpCase.of(new SignalWindows.MelWeightMatrix(f32))
            .inputs(
                known(8),
                known(32),
                known(8192),
                constant(Tensor.scalar(0f)),
                constant(Tensor.scalar(4096f))));
  }
}
