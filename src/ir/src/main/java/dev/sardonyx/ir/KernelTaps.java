package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * For each element of a kernel, what it meets: the elements of the wide side at its place in every
 * window, in the narrow side's extents. They are strided slices of the padded wide side.
 */
record KernelTaps(List<Window> windows) {
  /** The number of elements of a kernel. */
  long count() {
    return windows.stream().mapToLong(Window::kernel).reduce(1, Math::multiplyExact);
  }

  /** All taps, the kernel's elements in row-major order. */
  List<Value> of(Value wide, Shape narrow) {
    Value padded = padded(wide);
    List<Value> taps = new ArrayList<>();
    for (long tap = 0; tap < count(); tap++) {
      taps.add(slice(padded, narrow, tap));
    }
    return taps;
  }

  private Value padded(Value wide) {
    int rank = windows.size() + 2;
    long[] pads = new long[2 * rank];
    for (int i = 0; i < windows.size(); i++) {
      pads[i + 2] = windows.get(i).before();
      pads[rank + i + 2] = windows.get(i).after();
    }
    return LongStream.of(pads).allMatch(p -> p == 0) ? wide : wide.pad(pads, 0);
  }

  private Value slice(Value padded, Shape narrow, long tap) {
    int n = windows.size();
    long[] starts = new long[n];
    long[] ends = new long[n];
    long[] axes = new long[n];
    long[] steps = new long[n];
    long left = tap;
    for (int i = n - 1; i >= 0; i--) {
      Window w = windows.get(i);
      starts[i] = left % w.kernel() * w.dilation();
      ends[i] = starts[i] + (narrow.dim(i + 2).value() - 1) * w.stride() + 1;
      axes[i] = i + 2;
      steps[i] = w.stride();
      left /= w.kernel();
    }
    boolean whole = true;
    for (int i = 0; i < n; i++) {
      whole &= starts[i] == 0 && steps[i] == 1 && Dim.of(ends[i]).equals(padded.shape().dim(i + 2));
    }
    return whole ? padded : padded.slice(starts, ends, axes, steps);
  }
}
