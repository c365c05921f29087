package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way through the layers, with Keras's implicit mask: bool, [batch, time], false
 * where a time step is padding.
 *
 * @param mask null where everything counts
 */
public record Masked(Value value, @Nullable Value mask) {
  /** A value of which everything counts. */
  public static Masked of(Value value) {
    return new Masked(value, null);
  }

  /** Values of which everything counts. */
  public static List<Masked> all(List<Value> values) {
    return values.stream().map(Masked::of).toList();
  }

  /** The values without their masks. */
  public static List<Value> values(List<Masked> masked) {
    return masked.stream().map(Masked::value).toList();
  }

  TensorType type() {
    return value.tensorType();
  }
}
