package dev.sardonyx.nn.data;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/**
 * A column of classes.
 *
 * @param labels the number of each row's class, int64[rows]
 * @param names the classes in the order of their first appearance in the file: class {@code i} is
 *     {@code names.get(i)}
 */
public record Categories(Tensor labels, List<String> names) {
  public Categories {
    names = List.copyOf(names);
  }

  /** For each row 1 at its class and 0 elsewhere: float32[rows, classes]. */
  public Tensor oneHot() {
    int rows = Math.toIntExact(labels.size());
    float[] ones = new float[Math.multiplyExact(rows, names.size())];
    for (int row = 0; row < rows; row++) {
      ones[row * names.size() + (int) labels.getLong(row)] = 1;
    }
    return rows == 0
        ? Tensor.zeros(ElementType.FLOAT32, 0, names.size())
        : Tensor.of(ones, rows, names.size());
  }
}
