package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import java.util.List;

/**
 * Zeros around the spatial axes.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class ZeroPaddingLayer<L extends ZeroPaddingLayer<L>> extends BorderLayer<L> {
  ZeroPaddingLayer(int rank) {
    super(rank, "padding", 1);
  }

  @Override
  Value change(Value x, int first, List<List<Long>> border) {
    int rank = x.shape().rank();
    long[] pads = new long[2 * rank];
    for (int i = 0; i < border.size(); i++) {
      pads[first + i] = border.get(i).get(0);
      pads[rank + first + i] = border.get(i).get(1);
    }
    return x.pad(pads, 0);
  }
}
