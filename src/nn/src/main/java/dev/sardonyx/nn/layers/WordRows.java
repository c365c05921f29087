package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.type.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of places, each of a length of its own; negative places count nowhere. */
record WordRows(List<long[]> rows) {
  private int longest() {
    return rows.stream().mapToInt(row -> row.length).max().orElse(0);
  }

  /** Rows of one length, filled up with 0. */
  Tensor padded(long[] outer, @Nullable Long given) {
    int length = given == null ? longest() : Math.toIntExact(given);
    long[] all = new long[Math.multiplyExact(rows.size(), length)];
    for (int i = 0; i < rows.size(); i++) {
      long[] row = rows.get(i);
      System.arraycopy(row, 0, all, i * length, Math.min(length, row.length));
    }
    return Tensor.of(all).reshape(with(outer, length));
  }

  /** A vector for each place. */
  Tensor oneHot(long[] outer, long depth) {
    int length = longest();
    int width = Math.toIntExact(depth);
    long[] all = new long[Math.multiplyExact(Math.multiplyExact(rows.size(), length), width)];
    for (int i = 0; i < rows.size(); i++) {
      long[] row = rows.get(i);
      for (int j = 0; j < row.length; j++) {
        if (row[j] >= 0 && row[j] < depth) {
          all[(i * length + j) * width + (int) row[j]] = 1;
        }
      }
    }
    return Tensor.of(all).reshape(with(with(outer, length), depth));
  }

  /** A vector for each row: how often each place occurs, or only whether. */
  Tensor counts(long[] outer, long depth, boolean binary) {
    int width = Math.toIntExact(depth);
    long[] all = new long[Math.multiplyExact(rows.size(), width)];
    for (int i = 0; i < rows.size(); i++) {
      for (long place : rows.get(i)) {
        if (place >= 0 && place < depth) {
          int at = i * width + (int) place;
          all[at] = binary ? 1 : all[at] + 1;
        }
      }
    }
    return Tensor.of(all).reshape(with(outer, depth));
  }

  /** The counts, each times its place's weight. */
  Tensor weighted(long[] outer, Tensor weights) {
    Tensor counts = counts(outer, weights.size(), false);
    float[] weight = weights.toFloatArray();
    float[] all = new float[Math.toIntExact(counts.size())];
    for (int i = 0; i < all.length; i++) {
      all[i] = counts.getLong(i) * weight[i % weight.length];
    }
    return Tensor.of(all).reshape(counts.dims());
  }

  private static long[] with(long[] outer, long last) {
    long[] dims = Arrays.copyOf(outer, outer.length + 1);
    dims[outer.length] = last;
    return dims;
  }
}
