package dev.sardonyx.nn.layers;

import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.List;

/**
 * A convolutional LSTM over sequences of signals, images or volumes: [batch, time, extents…,
 * channels] becomes [batch, new extents…, filters], or with {@link #returnSequences} [batch, time,
 * new extents…, filters]. The extents must be known. Its states are h and c, of the same shape.
 *
 * @param <L> the layer itself, which options return
 */
abstract class ConvLSTM<L extends ConvLSTM<L>> extends RecurrentLayer<L>
    implements RecurrentOptions.Gated<L> {
  private final ConvLSTMCell cell;

  ConvLSTM(int rank) {
    cell = new ConvLSTMCell(rank);
    cell.named("conv_lstm_cell");
  }

  final L sized(long filters, long... kernelSize) {
    cell.filters(filters);
    cell.kernelSize(listed(kernelSize));
    return self();
  }

  private static List<Long> listed(long... values) {
    return Arrays.stream(values).boxed().toList();
  }

  @Override
  public final RecurrentCell cell() {
    return cell;
  }

  @Override
  public final RecurrentSettings settings() {
    return cell.settings();
  }

  /** How far the next window of an input lies; 1 by default. */
  public L strides(long... strides) {
    cell.strides(listed(strides));
    return self();
  }

  /** What happens at the border of an input; nothing is padded by default. */
  public L padding(Padding padding) {
    cell.padding(padding);
    return self();
  }

  /** Where the channels lie; last by default. */
  public L dataFormat(DataFormat format) {
    cell.dataFormat(format);
    return self();
  }

  /** How far the elements that a filter sees of an input lie apart; 1 by default. */
  public L dilationRate(long... rate) {
    cell.dilationRate(listed(rate));
    return self();
  }

  /** Whether the bias of the forget gate begins with ones; it does by default. */
  public L unitForgetBias(boolean unit) {
    cell.unitForgetBias(unit);
    return self();
  }

  @Override
  public Layer dtype(DTypePolicy policy) {
    cell.dtype(policy);
    return super.dtype(policy);
  }

  @Override
  final void configureCell(Config config) {
    cell.dtype(dtype());
    cell.configureOptions(config);
  }
}
