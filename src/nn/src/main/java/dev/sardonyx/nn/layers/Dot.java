package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.List;

/**
 * The product of two inputs, sample by sample, summed over one axis of each: [batch, a…, k] and
 * [batch, k, b…] become [batch, a…, b…]; two vectors become [batch, 1].
 */
public final class Dot extends ArgumentLayer {
  private List<Long> axes = List.of(-1L, -1L);
  private boolean single = true;
  private boolean normalize;

  Dot() {}

  /** Over this axis of both; the batch, axis 0, cannot be one. */
  public static Dot dot(long axis) {
    Dot made = new Dot();
    made.axes = List.of(axis, axis);
    return made;
  }

  /** Over one axis of the first and one of the second. */
  public static Dot dot(long first, long second) {
    Dot made = new Dot();
    made.axes = List.of(first, second);
    made.single = false;
    return made;
  }

  /** Whether each is first divided by its length along its axis, so that the result is a cosine. */
  public Dot normalize(boolean normalizes) {
    normalize = normalizes;
    return this;
  }

  @Override
  public boolean takesList() {
    return true;
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> arguments) {
    List<Value> inputs = Options.together(this, Masked.values(arguments.tensors()));
    List<TensorType> types = inputs.stream().map(Value::tensorType).toList();
    if (inputs.size() != 2) {
      throw refuse("NN-015", "takes two inputs, got " + inputs.size(), types, "apply(a, b)");
    }
    Value x = contracted(inputs.get(0), types, 0);
    Value y = contracted(inputs.get(1), types, 1);
    Dim a = x.shape().dim(-1);
    Dim b = y.shape().dim(-1);
    if (a.isFixed() && b.isFixed() && !a.equals(b)) {
      throw refuse(
          "NN-019",
          "sums over axes of %s and %s elements".formatted(a, b),
          types,
          "the two axes must have the same extent");
    }
    Value product = product(x, y);
    Value result = product.shape().rank() == 1 ? product.unsqueeze(1) : product;
    return List.of(Masked.of(result));
  }

  /** The input with the axis that is summed over as its last, divided by its length if asked. */
  private Value contracted(Value x, List<TensorType> types, int which) {
    TensorType type = x.tensorType();
    int rank = Axes.rankAtLeast(this, type, 2);
    int axis = Axes.resolve(this, type, axes.get(which));
    if (axis == 0) {
      throw refuse("NN-013", "cannot sum over the batch", types, "give an axis of the samples");
    }
    Value unit = x;
    if (normalize) {
      Value length = x.square().sum(true, axis).max(1e-12).sqrt();
      unit = x.div(length);
    }
    return Axes.move(unit, axis, rank - 1);
  }

  private static Value product(Value x, Value y) {
    String as = letters('b', x.shape().rank() - 2);
    String bs = letters((char) ('b' + as.length()), y.shape().rank() - 2);
    return Value.einsum("a%sz,a%sz->a%s%s".formatted(as, bs, as, bs), x, y);
  }

  private static String letters(char first, int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append((char) (first + i));
    }
    return letters.toString();
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    Object given = config.json("axes", single ? axes.get(0) : axes);
    if (given instanceof Number n) {
      axes = List.of(n.longValue(), n.longValue());
    } else if (given instanceof List<?> list
        && list.size() == 2
        && list.get(0) instanceof Number first
        && list.get(1) instanceof Number second) {
      axes = List.of(first.longValue(), second.longValue());
      single = false;
    } else {
      throw Allowed.refusal(this, "axes", "one axis or two", String.valueOf(given), "give these");
    }
    normalize = config.flag("normalize", normalize);
  }
}
