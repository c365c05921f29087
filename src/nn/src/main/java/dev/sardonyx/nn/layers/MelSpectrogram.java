package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Slicing;
import dev.sardonyx.ir.Spectra;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The energy of a signal in bands of the mel scale over time: [batch, samples] becomes [batch,
 * bands, frames]; a signal alone, [samples], becomes [bands, frames].
 */
public final class MelSpectrogram extends SingleInputLayer {
  private long fftLength = 2048;
  private long sequenceStride = 512;
  private @Nullable Long sequenceLength;
  private @Nullable Object window = "hann";
  private double samplingRate = 16000;
  private long numMelBins = 128;
  private double minFreq = 20;
  private @Nullable Double maxFreq;
  private boolean powerToDb = true;
  private double topDb = 80;
  private double magExp = 2;
  private double minPower = 1e-10;
  private double refPower = 1;

  MelSpectrogram() {}

  /** Keras's defaults: 128 bands, of 16000 samples a second. */
  public static MelSpectrogram melSpectrogram() {
    return new MelSpectrogram();
  }

  /** How many frequencies; 2048. */
  public MelSpectrogram fftLength(long length) {
    fftLength = length;
    return checked();
  }

  /** How far the next frame begins behind; 512. */
  public MelSpectrogram sequenceStride(long stride) {
    sequenceStride = stride;
    return checked();
  }

  /** How many samples a frame has; as many as there are frequencies by default. */
  public MelSpectrogram sequenceLength(long length) {
    sequenceLength = length;
    return checked();
  }

  /** {@code hann}, {@code hamming} or null for none. */
  public MelSpectrogram window(@Nullable String name) {
    window = name;
    return checked();
  }

  /** Samples a second; 16000. */
  public MelSpectrogram samplingRate(double rate) {
    samplingRate = rate;
    return checked();
  }

  /** How many bands; 128. */
  public MelSpectrogram numMelBins(long bands) {
    numMelBins = bands;
    return checked();
  }

  /** Where the lowest band begins and the highest ends, in hertz; 20 to half the rate. */
  public MelSpectrogram frequencies(double lowest, double highest) {
    minFreq = lowest;
    maxFreq = highest;
    return checked();
  }

  /** Whether the result is in decibels; it is by default. */
  public MelSpectrogram powerToDb(boolean inDecibels) {
    powerToDb = inDecibels;
    return this;
  }

  /** How far below the loudest everything is kept, in decibels; 80. */
  public MelSpectrogram topDb(double decibels) {
    topDb = decibels;
    return this;
  }

  /** The exponent of magnitudes: 1 for energy, 2 for power, the default. */
  public MelSpectrogram magExp(double exponent) {
    magExp = exponent;
    return this;
  }

  /** The least power that decibels are taken of; 1e-10. */
  public MelSpectrogram minPower(double least) {
    minPower = least;
    return this;
  }

  /** The power of 0 decibels; 1. */
  public MelSpectrogram refPower(double reference) {
    refPower = reference;
    return this;
  }

  private MelSpectrogram checked() {
    Allowed.atLeast(1, this, "sequence_stride", sequenceStride);
    Allowed.atLeast(1, this, "num_mel_bins", numMelBins);
    Allowed.atLeast(1, this, "sequence_length", length());
    Allowed.atLeast(length(), this, "fft_length", fftLength);
    if (window instanceof String name && !name.equals("hann") && !name.equals("hamming")) {
      throw Allowed.refusal(this, "window", "hann, hamming or a list", name, "give its numbers");
    }
    return this;
  }

  private long length() {
    return sequenceLength == null ? fftLength : sequenceLength;
  }

  @Override
  protected Value call(Call call, Value x) {
    int rank = Axes.rankAtLeast(this, x.tensorType(), 1);
    TensorType type = x.tensorType();
    if (rank > 2) {
      Axes.rankIs(this, type, 2, "batch, samples");
    }
    boolean wide = computeType() == ElementType.FLOAT64;
    Value signal = x.cast(computeType()).cast(wide ? ElementType.FLOAT64 : ElementType.FLOAT32);
    Value bands = bands(rank == 1 ? signal.unsqueeze(0) : signal);
    Value result = (powerToDb ? decibels(bands) : bands).transpose(0, 2, 1).cast(computeType());
    return rank == 1 ? result.squeeze(0) : result;
  }

  private Value bands(Value signal) {
    long half = fftLength / 2;
    Value padded =
        Value.of(new Slicing.Pad(Slicing.PadMode.REFLECT), signal, Value.longs(0, half, 0, half));
    Value spectrum =
        Value.of(
            new Spectra.STFT(true),
            padded.unsqueeze(2),
            Value.constant(Tensor.scalar(sequenceStride)),
            Value.constant(Tensor.from(signal.element(), window(), new long[] {fftLength})));
    Value power = spectrum.square().sum(false, 3);
    Value magnitude = magExp == 2 ? power : power.sqrt().pow(magExp);
    MelBands filters = new MelBands(numMelBins, fftLength / 2 + 1, samplingRate, minFreq, high());
    return magnitude.matMul(Value.constant(filters.matrix()).cast(signal.element()));
  }

  private double high() {
    return maxFreq == null || maxFreq == 0 ? (long) (samplingRate / 2) : maxFreq;
  }

  /** The window in the middle of as many zeros as there are frequencies. */
  private double[] window() {
    double[] all = new double[(int) fftLength];
    int n = (int) length();
    int before = (int) (fftLength - n) / 2;
    for (int i = 0; i < n; i++) {
      all[before + i] = windowAt(i, n);
    }
    return all;
  }

  private double windowAt(int i, int n) {
    if (!(window instanceof String name)) {
      return window == null ? 1 : ((Number) ((List<?>) window).get(i)).doubleValue();
    }
    // TensorFlow's periodic windows of odd lengths are its symmetric ones.
    int span = n % 2 == 0 ? n : n - 1;
    double a = name.equals("hann") ? 0.5 : 0.54;
    return n == 1 ? 1 : a - (1 - a) * StrictMath.cos(2 * StrictMath.PI * i / span);
  }

  private Value decibels(Value power) {
    Value level = power.max(minPower).log().mul(10 / Math.log(10));
    Value relative = level.sub(10 * Math.log10(Math.max(Math.abs(refPower), minPower)));
    return relative.max(relative.max(false).sub(topDb));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    fftLength = config.integer("fft_length", fftLength);
    sequenceStride = config.integer("sequence_stride", sequenceStride);
    sequenceLength = config.optionalInteger("sequence_length", length());
    Object given = config.json("window", window);
    window =
        given == null || given instanceof String
            ? given
            : NumberArray.parse(this, "window", given).values();
    samplingRate = config.number("sampling_rate", samplingRate);
    numMelBins = config.integer("num_mel_bins", numMelBins);
    minFreq = config.number("min_freq", minFreq);
    maxFreq = config.optionalNumber("max_freq", high());
    powerToDb = config.flag("power_to_db", powerToDb);
    topDb = config.number("top_db", topDb);
    magExp = config.number("mag_exp", magExp);
    minPower = config.number("min_power", minPower);
    refPower = config.number("ref_power", refPower);
    checked();
  }
}
