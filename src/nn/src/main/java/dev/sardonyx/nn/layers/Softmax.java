package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * y = eˣ over its sum along an axis, the last by default, or along several together. Where a mask
 * is false, y is 0 and x does not count.
 */
public final class Softmax extends ArgumentLayer {
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
  protected List<Masked> callWith(Call call, Arguments<Masked> given) {
    Arguments<Masked> arguments = withoutTrainingFlag(given);
    arguments.allow(this, Set.of("inputs", "mask"));
    Masked x = arguments.tensor(this, 0, "inputs");
    Masked explicit = arguments.optional(this, 1, "mask");
    Value mask = explicit == null ? x.mask() : explicit.value();
    if (mask != null) {
      checkMask(x.type(), mask);
    }
    long[] along = resolve(x.type());
    return List.of(new Masked(of(x.value(), mask == null ? null : truth(mask), along), mask));
  }

  private static Value truth(Value mask) {
    return mask.element() == ElementType.BOOL ? mask : mask.gt(0.5);
  }

  private void checkMask(TensorType x, Value mask) {
    int rank = mask.shape().isRanked() ? mask.shape().rank() : Integer.MAX_VALUE;
    boolean fits = rank <= x.shape().rank();
    for (int i = 1; fits && i <= rank; i++) {
      Dim m = mask.shape().dim(-i);
      Dim d = x.shape().dim(-i);
      fits = m.is(1) || !m.isFixed() || !d.isFixed() || m.equals(d);
    }
    if (!fits) {
      throw refuse(
          "NN-019",
          "cannot lay a mask %s over inputs %s".formatted(mask.shape(), x.shape()),
          List.of(x, mask.tensorType()),
          "from the last on, each axis of the mask must be 1 or that of the inputs");
    }
  }

  /** The softmax of {@code x} where a mask, if there is one, is true, and 0 elsewhere. */
  static Value of(Value x, @Nullable Value mask, long... axes) {
    if (mask == null) {
      return plain(x, axes);
    }
    double low = x.element() == ElementType.FLOAT16 ? -3e4 : -1e9;
    Value y = plain(mask.where(x, x.scalar(low)), axes);
    return mask.where(y, y.scalar(0));
  }

  private static Value plain(Value x, long... axes) {
    return axes.length == 1 ? x.softmax(axes[0]) : x.sub(x.logSumExp(true, axes)).exp();
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
