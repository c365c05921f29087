package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * y = eˣ over its sum along an axis, the last by default, or along several together. There is no
 * mask.
 */
public final class Softmax extends SingleInputLayer {
  private List<Long> axes = List.of(-1L);

  Softmax() {}

  public static Softmax softmax() {
    return new Softmax();
  }

  /** Along these axes together; the batch is axis 0, the last axis -1. */
  public static Softmax softmax(long... axes) {
    Softmax made = new Softmax();
    made.axes = made.checked(Arrays.stream(axes).boxed().toList());
    return made;
  }

  private List<Long> checked(List<Long> given) {
    if (given.isEmpty() || new HashSet<>(given).size() != given.size()) {
      throw Allowed.refusal(
          this, "axis", "one axis or several different ones", given, "name each axis once");
    }
    return given;
  }

  @Override
  protected Value call(Call call, Value x) {
    long[] resolved = resolve(x.tensorType());
    return resolved.length == 1 ? x.softmax(resolved[0]) : x.sub(x.logSumExp(true, resolved)).exp();
  }

  private long[] resolve(TensorType input) {
    List<Long> resolved = axes.stream().map(a -> (long) Axes.resolve(this, input, a)).toList();
    return checked(resolved).stream().mapToLong(a -> a).toArray();
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    axes = checked(config.axes("axis", axes));
  }
}
