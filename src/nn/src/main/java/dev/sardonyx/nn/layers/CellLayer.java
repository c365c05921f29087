package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import java.util.List;

/**
 * A recurrent layer made of one of Keras's cells, whose options it has.
 *
 * @param <L> the layer itself, which options return
 * @param <C> its cell
 */
abstract class CellLayer<L extends CellLayer<L, C>, C extends KernelCell<C>>
    extends RecurrentLayer<L> implements RecurrentOptions<L> {
  private final C cell;

  CellLayer(C cell, String cellName) {
    this.cell = cell;
    cell.named(cellName);
  }

  @Override
  public final C cell() {
    return cell;
  }

  @Override
  public final RecurrentSettings settings() {
    return cell.settings();
  }

  @Override
  protected void build(List<TensorType> inputs) {
    TensorType input = inputs.get(0);
    if (Axes.rankAtLeast(this, input, 3) != 3) {
      throw refuse(
          "NN-012",
          "needs inputs of 3 axes (batch, time, features), got " + input.shape().rank(),
          List.of(input),
          "a Reshape before this layer gives another number of axes");
    }
    super.build(inputs);
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
