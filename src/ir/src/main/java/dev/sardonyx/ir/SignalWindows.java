package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What signals and spectra are multiplied by. Harris, "On the use of windows for harmonic analysis
 * with the discrete Fourier transform", 1978.
 */
public sealed interface SignalWindows extends Signal {
  /** Windows that are sums of cosines: a₀ - a₁·cos(2πi/n) + a₂·cos(4πi/n). */
  sealed interface CosineWindow extends SignalWindows, Expandable {
    /** Whether the window is one period, whose first element would follow the last. */
    boolean periodic();

    ElementType outputDatatype();

    /** a₀, a₁ and a₂. */
    List<Double> coefficients();

    @Override
    default List<Type> infer(Inference in) {
      Dim size = Fourier.scalar(in, 0);
      Vectors.requireExtents(in, 0, List.of(size));
      return List.of(TensorType.of(outputDatatype(), size));
    }

    @Override
    default List<@Nullable Value> expand(Expansion e) {
      return List.of(CosineWindows.of(this, e.x()));
    }
  }

  /** ½ - ½·cos(2πi/n), i from 0 to size - 1; n is size, or size - 1 if not periodic. */
  @Onnx(since = 17, from = 17, inputs = "size", outputs = "output")
  @NotDifferentiable("the input is an integer")
  record HannWindow(@Default("1") boolean periodic, @Default("1") ElementType outputDatatype)
      implements CosineWindow {
    @Override
    public List<Double> coefficients() {
      return List.of(0.5, 0.5, 0.0);
    }
  }

  /** 25/46 - 21/46·cos(2πi/n), i from 0 to size - 1; n is size, or size - 1 if not periodic. */
  @Onnx(since = 17, from = 17, inputs = "size", outputs = "output")
  @NotDifferentiable("the input is an integer")
  record HammingWindow(@Default("1") boolean periodic, @Default("1") ElementType outputDatatype)
      implements CosineWindow {
    @Override
    public List<Double> coefficients() {
      return List.of(25.0 / 46, 21.0 / 46, 0.0);
    }
  }

  /**
   * 0.42 - 0.5·cos(2πi/n) + 0.08·cos(4πi/n), i from 0 to size - 1; n is size, or size - 1 if not
   * periodic.
   */
  @Onnx(since = 17, from = 17, inputs = "size", outputs = "output")
  @NotDifferentiable("the input is an integer")
  record BlackmanWindow(@Default("1") boolean periodic, @Default("1") ElementType outputDatatype)
      implements CosineWindow {
    @Override
    public List<Double> coefficients() {
      return List.of(0.42, 0.5, 0.08);
    }
  }

  /**
   * The matrix [dft_length / 2 + 1, num_mel_bins] that takes spectra to bands of equal width on the
   * mel scale, 2595·log₁₀(1 + f/700), each a triangle with the peak 1.
   */
  @Onnx(
      since = 17,
      from = 17,
      inputs = "num_mel_bins dft_length sample_rate lower_edge_hertz upper_edge_hertz",
      outputs = "output")
  @NotDifferentiable("the bands' edges are rounded to frequencies of the spectrum")
  record MelWeightMatrix(@Default("1") ElementType outputDatatype)
      implements SignalWindows, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      Dim bands = Fourier.scalar(in, 0);
      Dim length = Fourier.scalar(in, 1);
      Fourier.scalar(in, 2);
      Vectors.requireExtents(in, 0, List.of(bands));
      Vectors.requireExtents(in, 1, List.of(length));
      return List.of(new TensorType(outputDatatype, Shape.of(length.floorDiv(2).plus(1), bands)));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      List<Double> given = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Tensor constant = e.x(i).constant();
        if (constant == null) {
          return null;
        }
        given.add(constant.getDouble(0));
      }
      MelBands bands =
          new MelBands(given.get(0).intValue(), given.get(1).longValue(), given.get(2).longValue());
      double[] weights = bands.weights(given.get(3), given.get(4));
      long[] dims = {given.get(1).longValue() / 2 + 1, given.get(0).longValue()};
      return List.of(Value.constant(Tensor.from(outputDatatype, weights, dims)));
    }
  }
}
