package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/** Data as documents: a row of the first axis is one. */
final class Documents {
  private Documents() {}

  static <K> TokenCounts<K> count(LookupTokens<K> kind, Iterable<Tensor> batches) {
    TokenCounts<K> counts = new TokenCounts<>();
    for (Tensor batch : batches) {
      List<K> tokens = kind.tokens(batch);
      int rows = batch.dims().length == 0 ? 1 : (int) batch.dims()[0];
      for (int i = 0; i < rows; i++) {
        int width = tokens.size() / rows;
        counts.add(tokens.subList(i * width, (i + 1) * width));
      }
    }
    return counts;
  }
}
