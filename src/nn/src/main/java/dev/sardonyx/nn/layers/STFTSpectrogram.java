package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.STFT;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signal's short-time Fourier transform by convolutions with trainable kernels: [batch, time,
 * channels] becomes [batch, frames, channels·bins], or, with {@code expandDims}, [batch, frames,
 * bins, channels].
 */
public final class STFTSpectrogram extends SingleInputLayer {
  private static final double EPSILON = 1e-7;

  /** What of the spectrum is wanted. */
  public enum Mode {
    /** The logarithm of {@link #MAGNITUDE}. */
    LOG,
    /** The absolute value. */
    MAGNITUDE,
    /** The power, that of the frequencies between the outermost twice. */
    PSD,
    /** The real part. */
    REAL,
    /** The imaginary part. */
    IMAG,
    /** The angle, in [-π, π]. */
    ANGLE,
    /** Real and imaginary parts, one behind the other. */
    STFT
  }

  private Mode mode = Mode.LOG;
  private long frameLength = 256;
  private @Nullable Long frameStep;
  private @Nullable Long fftLength;
  private @Nullable Object window = "hann";
  private boolean periodic;
  private @Nullable String scaling = "density";
  private Padding padding = Padding.VALID;
  private boolean expandDims;
  private DataFormat dataFormat = DataFormat.CHANNELS_LAST;
  private @Nullable Weight realKernel;
  private @Nullable Weight imagKernel;

  STFTSpectrogram() {}

  /** Keras's defaults: frames of 256, half over each other. */
  public static STFTSpectrogram stftSpectrogram(Mode mode) {
    STFTSpectrogram made = new STFTSpectrogram();
    made.mode = mode;
    return made;
  }

  /** How many elements a frame has; 256 by default. */
  public STFTSpectrogram frameLength(long length) {
    frameLength = length;
    return checked();
  }

  /** How far the next frame begins behind; half a frame by default. */
  public STFTSpectrogram frameStep(long step) {
    frameStep = step;
    return checked();
  }

  /** How many frequencies; the next power of two by default. */
  public STFTSpectrogram fftLength(long length) {
    fftLength = length;
    return checked();
  }

  /** A window by SciPy's name, as {@code hann}, or null for none. */
  public STFTSpectrogram window(@Nullable String name) {
    window = name;
    return checked();
  }

  /** A window by its numbers, one for each element of a frame. */
  public STFTSpectrogram window(List<Double> numbers) {
    window = List.copyOf(numbers);
    return checked();
  }

  /** Whether the window goes on with itself; it is symmetric by default. */
  public STFTSpectrogram periodic(boolean isPeriodic) {
    periodic = isPeriodic;
    return this;
  }

  /** What the window is divided by: {@code density}, {@code spectrum}, or null. */
  public STFTSpectrogram scaling(@Nullable String by) {
    scaling = by;
    return checked();
  }

  /** Whether frames may reach beyond the signal; they do not by default. */
  public STFTSpectrogram padding(Padding newPadding) {
    padding = Options.notCausal(this, newPadding);
    return this;
  }

  /** Whether frequencies have an axis of their own. */
  public STFTSpectrogram expandDims(boolean expands) {
    expandDims = expands;
    return this;
  }

  /** Where the channels lie; last by default. */
  public STFTSpectrogram dataFormat(DataFormat format) {
    dataFormat = format;
    return this;
  }

  private STFTSpectrogram checked() {
    Allowed.atLeast(1, this, "frame_length", frameLength);
    if (frameStep != null && (frameStep < 1 || frameStep > frameLength)) {
      throw Allowed.refusal(
          this, "frame_step", "from 1 to frame_length", frameStep, "let frames overlap or touch");
    }
    if (fftLength != null) {
      Allowed.atLeast(frameLength, this, "fft_length", fftLength);
    }
    initializer("real");
    return this;
  }

  private STFT initializer(String side) {
    return STFT.stft(side, window, scaling, periodic);
  }

  private long bins() {
    long power = frameLength == 1 ? 1 : Long.highestOneBit(frameLength - 1) * 2;
    return (fftLength == null ? power : fftLength) / 2 + 1;
  }

  @Override
  protected void build(TensorType input) {
    if (mode != Mode.IMAG) {
      realKernel =
          addWeight("real_kernel", initializer("real"), null, true, frameLength, 1, bins());
    }
    if (mode != Mode.REAL) {
      imagKernel =
          addWeight("imag_kernel", initializer("imag"), null, true, frameLength, 1, bins());
    }
  }

  @Override
  protected Value call(Call call, Value x) {
    Axes.rankIs(this, x.tensorType(), 3, "batch, time, channels");
    Value signal = dataFormat.toChannelsFirst(x.cast(computeType()));
    Value real = realKernel == null ? null : convolve(signal, call.weight(realKernel));
    Value imag = imagKernel == null ? null : convolve(signal, call.weight(imagKernel));
    if (real == null || imag == null) {
      return arrange(real == null ? imag : real);
    }
    return switch (mode) {
      case ANGLE -> arrange(Angles.atan2(imag, real));
      case STFT -> arrange(Value.concat(2, real, imag));
      default -> power(real.square().add(imag.square()));
    };
  }

  private Value power(Value power) {
    if (mode == Mode.PSD) {
      long last = bins() - 1;
      Value twice = last < 2 ? null : power.slice(2, 1, last);
      return arrange(
          twice == null ? power : power.add(twice.pad(new long[] {0, 0, 1, 0, 0, 0, 1, 0}, 0)));
    }
    Value magnitude = arrange(power.max(EPSILON).sqrt());
    return mode == Mode.MAGNITUDE ? magnitude : magnitude.max(EPSILON).log();
  }

  /** [batch, channels, time] becomes [batch, channels, bins, frames]. */
  private Value convolve(Value signal, Value kernel) {
    // Channels are rows of an image with one channel: nothing depends on unknown extents.
    Value image = signal.unsqueeze(1);
    Value filters = kernel.transpose(2, 1, 0).unsqueeze(2);
    long step = frameStep == null ? Math.max(frameLength / 2, 1) : frameStep;
    AutoPad pad = padding == Padding.SAME ? AutoPad.SAME_UPPER : AutoPad.VALID;
    Convolution.Conv conv =
        new Convolution.Conv(
            pad, List.of(), 1, List.of(1L, frameLength), List.of(), List.of(1L, step));
    return Value.of(conv, image, filters).transpose(0, 2, 1, 3);
  }

  private Value arrange(Value spectrum) {
    boolean last = dataFormat == DataFormat.CHANNELS_LAST;
    if (expandDims) {
      return last ? spectrum.transpose(0, 3, 2, 1) : spectrum.transpose(0, 1, 3, 2);
    }
    Dim channels = spectrum.shape().dim(1);
    Dim frames = spectrum.shape().dim(3);
    long width = Axes.extent(this, spectrum.tensorType(), 1) * spectrum.shape().dim(2).value();
    Value flat =
        channels.is(1)
            ? spectrum.squeeze(1)
            : spectrum.reshape(0, width, frames.isFixed() ? frames.value() : -1);
    return last ? flat.transpose(0, 2, 1) : flat;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    mode = config.choice("mode", mode);
    frameLength = config.integer("frame_length", frameLength);
    frameStep = config.optionalInteger("frame_step", frameStep);
    fftLength = config.optionalInteger("fft_length", fftLength);
    Object given = config.json("window", window);
    window =
        given == null || given instanceof String
            ? given
            : NumberArray.parse(this, "window", given).values();
    periodic = config.flag("periodic", periodic);
    scaling = config.optionalText("scaling", scaling);
    padding = Options.notCausal(this, config.choice("padding", padding));
    dataFormat = config.choice("data_format", dataFormat);
    expandDims = config.flag("expand_dims", expandDims);
    checked();
  }
}
