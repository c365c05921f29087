package dev.sardonyx.ir;

import dev.sardonyx.ir.Indexing.ScatterReduction;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The gradients of ScatterElements with respect to data and updates. */
final class ScatterGradient {
  private final long axis;
  private final Value indices;

  private ScatterGradient(long axis, Value indices) {
    this.axis = axis;
    this.indices = indices;
  }

  static List<@Nullable Value> of(
      long axis,
      ScatterReduction reduction,
      Value data,
      Value indices,
      Value updates,
      Value y,
      Value dy) {
    ScatterGradient at = new ScatterGradient(axis, indices);
    return switch (reduction) {
      case NONE -> {
        Value kept = at.scatter(dy, updates.zerosLike(), ScatterReduction.NONE);
        yield Arrays.asList(kept, null, at.gather(dy));
      }
      case ADD -> Arrays.asList(dy, null, at.gather(dy));
      case MUL -> at.ofProduct(data, updates, dy);
      case MAX, MIN -> at.ofWinners(data, updates, y, dy);
    };
  }

  private Value scatter(Value data, Value updates, ScatterReduction reduction) {
    return data.scatterElements(indices, updates, axis, reduction);
  }

  private Value gather(Value from) {
    return from.gatherElements(indices, axis);
  }

  /** dy times the product of all other factors, as in ReduceProd: zeros are counted apart. */
  private List<@Nullable Value> ofProduct(Value data, Value updates, Value dy) {
    Value zerosInData = data.eq(0).cast(data.element());
    Value zerosInUpdates = updates.eq(0).cast(data.element());
    Value zeros = scatter(zerosInData, zerosInUpdates, ScatterReduction.ADD);
    Value nonZeroData = data.add(zerosInData);
    Value nonZeroUpdates = updates.add(zerosInUpdates);
    Value product = scatter(nonZeroData, nonZeroUpdates, ScatterReduction.MUL);
    Value zero = data.scalar(0);
    Value ddata = zeros.eq(zerosInData).where(dy.mul(product).div(nonZeroData), zero);
    Value dupdates = gather(dy.mul(product)).div(nonZeroUpdates);
    return Arrays.asList(ddata, null, gather(zeros).eq(zerosInUpdates).where(dupdates, zero));
  }

  /** All that are the extreme share dy equally. */
  private List<@Nullable Value> ofWinners(Value data, Value updates, Value y, Value dy) {
    Value dataWins = data.eq(y).cast(dy.element());
    Value updateWins = updates.eq(gather(y)).cast(dy.element());
    Value share = dy.div(scatter(dataWins, updateWins, ScatterReduction.ADD));
    return Arrays.asList(dataWins.mul(share), null, updateWins.mul(gather(share)));
  }
}
