package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fourier transforms. The last axis of a signal is 1 for real numbers, and 2 for complex ones: the
 * real and the imaginary part.
 */
public sealed interface Spectra extends Signal {
  /**
   * The discrete Fourier transform along one axis: y[k] = Σ x[i] · exp(-2πj·k·i / n), and the
   * inverse x[i] = 1/n Σ y[k] · exp(2πj·k·i / n).
   *
   * <p>The second input is n, to which the axis is cut or filled with zeros: its extent, if absent.
   * The third is the axis: -2, the one before the parts, if absent.
   *
   * @param onesided whether spectra of real signals have the n/2 + 1 first elements only, of which
   *     the others are the conjugates: a forward transform then takes real numbers, an inverse one
   *     gives them, and n is twice the extent less 2 if absent
   */
  @Onnx(since = 20, from = 20, inputs = "input dft_length? axis?", outputs = "output")
  record DFT(@Default("0") boolean inverse, @Default("0") boolean onesided)
      implements Spectra, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      Dim n = Fourier.scalar(in, 1);
      Dim axis = in.has(2) ? Fourier.scalar(in, 2) : Dim.of(-2);
      Shape x = in.shape(0);
      if (!x.isRanked()) {
        return List.of(in.type(0));
      }
      Fourier.checkParts(in, x, onesided, inverse);
      if (!axis.isFixed()) {
        return List.of(in.type(0).with(Vectors.unknown(x.rank())));
      }
      int at = in.axis(axis.value(), x.rank());
      if (at == x.rank() - 1) {
        throw in.fail(
            "SHAPE-092",
            "cannot transform axis %s, which holds real and imaginary parts".formatted(at),
            "give an axis before the last one");
      }
      n = in.has(1) ? n : inverse && onesided ? x.dim(at).minus(1).times(2) : x.dim(at);
      Dim extent = onesided && !inverse ? n.floorDiv(2).plus(1) : n;
      Dim parts = onesided && inverse ? Dim.ONE : Dim.of(2);
      return List.of(in.type(0).with(x.with(at, extent).with(-1, parts)));
    }

    @Override
    public List<@Nullable Value> expand(Expansion e) {
      Fourier transform = new Fourier(inverse, onesided);
      Dim axis = e.has(2) ? Fourier.known(e.x(2)) : Dim.of(-2);
      if (!e.shape(0).isRanked() || !axis.isFixed()) {
        Value at = e.has(2) ? e.x(2).cast(ElementType.INT64) : Value.constant(Tensor.scalar(-2L));
        return List.of(transform.alongAny(e.x(), e.optional(1), at.reshape()));
      }
      int rank = e.shape(0).rank();
      int at = (int) (axis.value() < 0 ? axis.value() + rank : axis.value());
      return List.of(transform.along(e.x(), e.optional(1), at));
    }
  }

  /**
   * The spectra of windows that move over a signal [N,L,1 or 2]: [N, (L - n) / step + 1, n or n/2 +
   * 1, 2].
   *
   * <p>Inputs after the signal are the step; the numbers that each window is multiplied by, ones if
   * absent; and the windows' length n: that of those numbers, or of the signal, if absent.
   *
   * @param onesided whether the spectra have the n/2 + 1 first elements only; takes real numbers
   */
  @Onnx(
      since = 17,
      from = 17,
      inputs = "signal frame_step window? frame_length?",
      outputs = "output")
  record STFT(@Default("1") boolean onesided) implements Spectra, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      Dim step = Fourier.scalar(in, 1);
      Dim given = Fourier.scalar(in, 3);
      Shape x = in.shape(0);
      Dim n = in.has(3) ? given : x.isRanked() ? x.dim(1) : Dim.UNKNOWN;
      if (in.has(2) && in.shape(2).isRanked()) {
        if (in.shape(2).rank() != 1) {
          throw in.fail(
              "SHAPE-020",
              "takes a vector as window, got rank %s".formatted(in.shape(2).rank()),
              "give it the shape [n]");
        }
        Dim length = in.shape(2).dim(0);
        n = in.has(3) ? Vectors.same(in, given, length, "window and frame_length") : length;
      } else if (in.has(2) && !in.has(3)) {
        n = Dim.UNKNOWN;
      }
      if (!x.isRanked()) {
        return List.of(in.type(0).with(Vectors.unknown(4).with(-1, Dim.of(2))));
      }
      if (x.rank() != 3) {
        throw in.fail(
            "SHAPE-070",
            "takes a signal of rank 3, got rank %s".formatted(x.rank()),
            "the axes are batch, time, and real and imaginary part");
      }
      Fourier.checkParts(in, x, onesided, false);
      Dim frames = frames(in, x.dim(1), n, step);
      Dim bins = onesided ? n.floorDiv(2).plus(1) : n;
      return List.of(in.type(0).with(Shape.of(x.dim(0), frames, bins, Dim.of(2))));
    }

    private static Dim frames(Inference in, Dim length, Dim n, Dim step) {
      if (step.isFixed() && step.value() < 1) {
        throw in.fail("SHAPE-030", "has a frame_step of " + step, "windows move on by 1 or more");
      }
      if (length.isFixed() && n.isFixed() && n.value() > length.value()) {
        throw in.fail(
            "SHAPE-044",
            "has windows of %s on a signal of %s".formatted(n, length),
            "make the window shorter, or pad the signal");
      }
      return step.isUnknown() ? step : length.minus(n).floorDiv(step).plus(1);
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      if (!e.shape(0).isRanked()) {
        return null;
      }
      Value window = e.optional(2);
      Value n =
          e.has(3)
              ? e.x(3).cast(ElementType.INT64).reshape(1)
              : Extents.axis(window != null ? window : e.x(), window != null ? 0 : 1);
      Value frames = Fourier.frames(e.x(), e.x(1), n);
      Value weighed = window == null ? frames : frames.mul(window.unsqueeze(1));
      return List.of(new Fourier(false, onesided).along(weighed, null, 2));
    }
  }
}
