package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One step of a convolutional LSTM, Shi et al. 2015: as {@link LSTMCell}, with convolutions in the
 * places of products. The states have the shape of the convolved input; their own convolution keeps
 * it. Kernels are [extents…, channels, 4 · filters].
 */
final class ConvLSTMCell extends RecurrentCell {
  private final int rank;
  private final RecurrentSettings settings = new RecurrentSettings(true);
  private boolean unitForgetBias = true;
  private long filters;
  private List<Long> kernelSize;
  private List<Long> strides;
  private List<Long> dilationRate;
  private Padding padding = Padding.VALID;
  private DataFormat dataFormat = DataFormat.CHANNELS_LAST;
  private @Nullable Weight kernel;
  private @Nullable Weight recurrentKernel;
  private @Nullable Weight bias;

  ConvLSTMCell(int rank) {
    this.rank = rank;
    kernelSize = Collections.nCopies(rank, 1L);
    strides = kernelSize;
    dilationRate = kernelSize;
  }

  RecurrentSettings settings() {
    return settings;
  }

  void filters(long newFilters) {
    filters = Allowed.atLeast(1, this, "filters", newFilters);
  }

  void kernelSize(List<Long> size) {
    kernelSize = extents("kernel_size", size);
  }

  void strides(List<Long> newStrides) {
    strides = extents("strides", newStrides);
  }

  void dilationRate(List<Long> rate) {
    dilationRate = extents("dilation_rate", rate);
  }

  void padding(Padding newPadding) {
    padding = newPadding;
  }

  void dataFormat(DataFormat format) {
    dataFormat = format;
  }

  void unitForgetBias(boolean unit) {
    unitForgetBias = unit;
  }

  private List<Long> extents(String option, List<Long> values) {
    if (values.size() != 1 && values.size() != rank) {
      throw Allowed.refusal(
          this, option, "one number or " + rank, values, "give a number for each axis");
    }
    values.forEach(value -> Allowed.atLeast(1, this, option, value));
    return values.size() == rank ? values : Collections.nCopies(rank, values.get(0));
  }

  private int channelAxis() {
    return dataFormat == DataFormat.CHANNELS_LAST ? rank + 1 : 1;
  }

  private Value channelsFirst(Value x) {
    return Axes.move(x, channelAxis(), 1);
  }

  private Value inFormat(Value x) {
    return Axes.move(x, 1, channelAxis());
  }

  @Override
  public List<Long> stateSize() {
    return List.of(filters, filters);
  }

  @Override
  protected List<TensorType> stateTypes(TensorType input) {
    List<Dim> dims = new ArrayList<>(List.of(input.shape().dim(0)));
    List<Long> extents = spatial(input);
    for (int i = 0; i < rank; i++) {
      dims.add(Dim.of(windows(i, extents.get(i))));
    }
    dims.add(channelAxis(), Dim.of(filters));
    TensorType type = new TensorType(computeType(), Shape.of(dims));
    return List.of(type, type);
  }

  private List<Long> spatial(TensorType input) {
    List<Long> extents = new ArrayList<>();
    for (int i = 1; i < rank + 2; i++) {
      if (i != channelAxis()) {
        extents.add(Axes.extent(this, input, i));
      }
    }
    return extents;
  }

  private long reach(int i) {
    return (kernelSize.get(i) - 1) * dilationRate.get(i) + 1;
  }

  private long windows(int i, long extent) {
    long room = padding == Padding.SAME ? extent - 1 : extent - reach(i);
    return Math.floorDiv(room, strides.get(i)) + 1;
  }

  /** What is put around an axis: TensorFlow's rule, the smaller half first. */
  private List<Long> pads(List<Long> extents) {
    List<Long> begins = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      long total = (windows(i, extents.get(i)) - 1) * strides.get(i) + reach(i) - extents.get(i);
      long all = padding == Padding.SAME ? Math.max(total, 0) : 0;
      begins.add(all / 2);
      ends.add(all - all / 2);
    }
    begins.addAll(ends);
    return begins;
  }

  @Override
  protected void build(List<TensorType> inputs) {
    TensorType input = inputs.get(0);
    checkOptions(input);
    RecurrentSettings s = settings;
    long channels = Axes.extent(this, input, channelAxis());
    kernel =
        addWeight("kernel", s.kernelInitializer, s.kernelRegularizer, true, dims(channels))
            .constraint(s.kernelConstraint);
    recurrentKernel =
        addWeight(
                "recurrent_kernel",
                s.recurrentInitializer,
                s.recurrentRegularizer,
                true,
                dims(filters))
            .constraint(s.recurrentConstraint);
    if (s.useBias) {
      var begin = unitForgetBias ? new ForgetBias(s.biasInitializer) : s.biasInitializer;
      bias =
          addWeight("bias", begin, s.biasRegularizer, true, 4 * filters)
              .constraint(s.biasConstraint);
    }
  }

  private long[] dims(long channels) {
    LongStream extents = kernelSize.stream().mapToLong(extent -> extent);
    return LongStream.concat(extents, LongStream.of(channels, 4 * filters)).toArray();
  }

  private void checkOptions(TensorType input) {
    if (input.shape().rank() != rank + 2) {
      throw refuse(
          "NN-012",
          "needs steps of %s axes, got %s".formatted(rank + 2, input.shape().rank()),
          List.of(input),
          "the input is [batch, time, extents…, channels]");
    }
    if (Collections.max(strides) > 1 && Collections.max(dilationRate) > 1) {
      throw refuse(
          "NN-021",
          "has strides %s and dilation_rate %s".formatted(strides, dilationRate),
          List.of(input),
          "as in Keras, only one of the two may be other than 1");
    }
    List<Long> extents = spatial(input);
    for (int i = 0; i < rank; i++) {
      if (padding == Padding.VALID && extents.get(i) < reach(i)) {
        throw refuse(
            "NN-016",
            "has windows of %s for an extent of %s".formatted(reach(i), extents.get(i)),
            List.of(input),
            "use smaller windows or padding(SAME)");
      }
    }
  }

  private static Value weight(Call call, @Nullable Weight weight) {
    if (weight == null) {
      throw new IllegalStateException("a cell that has not seen an input yet");
    }
    return call.weight(weight);
  }

  /** [filters, channels, extents…], as ONNX has it, for all gates or for each. */
  private List<Value> filters(Call call, @Nullable Weight weight, boolean each) {
    Value given = weight(call, weight);
    return StepCall.once(
        call,
        () -> {
          LongStream order =
              LongStream.concat(LongStream.of(rank + 1, rank), LongStream.range(0, rank));
          Value turned = given.transpose(order.toArray());
          return each ? turned.split(0, filters, filters, filters, filters) : List.of(turned);
        });
  }

  // [time, batch, 4 · filters, extents…]: what the steps get has the channels first.
  @Override
  Value drive(Call call, Value x) {
    boolean drops = drops(call, settings.dropout);
    List<Value> parts = new ArrayList<>();
    Value steps = Extent.of(x, 0, 2);
    for (Value each : filters(call, kernel, drops)) {
      Value one = drops ? x.mul(settings.kept(call, x.slice(0, 0, 1), settings.dropout)) : x;
      Value rest = Extent.of(one, 2, rank + 3);
      Value flat = one.reshape(Value.concat(0, Extent.of(one, 0).mul(Extent.of(one, 1)), rest));
      Value input = channelsFirst(flat);
      List<Long> pads = pads(spatial(flat.tensorType()));
      Value y = conv(input, each, dilationRate, pads, strides);
      parts.add(y.reshape(Value.concat(0, steps, Extent.of(y, 1, rank + 2))));
    }
    Value driven = parts.size() == 1 ? parts.get(0) : Value.concat(2, parts);
    if (bias == null) {
      return driven;
    }
    long[] behind = LongStream.rangeClosed(1, rank).toArray();
    return driven.add(call.weight(bias).unsqueeze(behind));
  }

  private Value conv(
      Value x, Value weights, List<Long> dilation, List<Long> pads, List<Long> step) {
    return Value.of(
        new Convolution.Conv(AutoPad.NOTSET, dilation, 1, kernelSize, pads, step), x, weights);
  }

  /** Keras's convolutional cells ignore a rate of 1. */
  private static boolean drops(Call call, double rate) {
    return call.training() && rate > 0 && rate < 1;
  }

  @Override
  protected List<Value> step(Call call, Value driven, List<Value> states) {
    boolean drops = drops(call, settings.recurrentDropout);
    List<Long> ones = Collections.nCopies(rank, 1L);
    List<Long> pads = new ArrayList<>();
    kernelSize.forEach(extent -> pads.add((extent - 1) / 2));
    kernelSize.forEach(extent -> pads.add(extent - 1 - (extent - 1) / 2));
    List<Value> parts = new ArrayList<>();
    for (Value each : filters(call, recurrentKernel, drops)) {
      Value h = states.get(0);
      Value seen = drops ? h.mul(settings.kept(call, h, settings.recurrentDropout)) : h;
      parts.add(conv(channelsFirst(seen), each, ones, pads, ones));
    }
    Value recurrent = parts.size() == 1 ? parts.get(0) : Value.concat(1, parts);
    List<Value> sums = driven.add(recurrent).split(1, filters, filters, filters, filters);
    return LSTMCell.gated(settings, sums, channelsFirst(states.get(1))).stream()
        .map(this::inFormat)
        .toList();
  }

  @Override
  protected boolean changesInTraining() {
    return settings.drops();
  }

  void configureOptions(Config config) {
    filters(config.integer("filters", filters));
    kernelSize(config.integers("kernel_size", kernelSize));
    strides(config.integers("strides", strides));
    padding = config.choice("padding", padding);
    dataFormat = config.choice("data_format", dataFormat);
    dilationRate(config.integers("dilation_rate", dilationRate));
    settings.configure(this, config);
    unitForgetBias = config.flag("unit_forget_bias", unitForgetBias);
  }
}
