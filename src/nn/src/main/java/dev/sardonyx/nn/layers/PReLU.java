package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.constraints.Constraint;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.initializers.Zeros;
import dev.sardonyx.nn.regularizers.Regularizer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * y = x for x ≥ 0, else alpha · x, with an alpha for each element of a sample that is learned. He
 * et al. 2015.
 */
public final class PReLU extends SingleInputLayer {
  private Initializer alphaInitializer = Zeros.zeros();
  private @Nullable Regularizer alphaRegularizer;
  private @Nullable Constraint alphaConstraint;
  private List<Long> sharedAxes = List.of();
  private @Nullable Weight alpha;

  PReLU() {}

  public static PReLU prelu() {
    return new PReLU();
  }

  /** Along these axes, counted from 1, all elements have one alpha; none by default. */
  public PReLU sharedAxes(long... axes) {
    sharedAxes = Arrays.stream(axes).boxed().toList();
    return this;
  }

  /** How alpha begins: with zeros by default. */
  public PReLU alphaInitializer(Initializer initializer) {
    alphaInitializer = initializer;
    return this;
  }

  /** A penalty on alpha; there is none by default. */
  public PReLU alphaRegularizer(@Nullable Regularizer regularizer) {
    alphaRegularizer = regularizer;
    return this;
  }

  /** What alpha is projected onto after every step; nothing by default. */
  public PReLU alphaConstraint(@Nullable Constraint constraint) {
    alphaConstraint = constraint;
    return this;
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected void build(TensorType input) {
    int rank = Axes.rankAtLeast(this, input, 2);
    long[] dims = new long[rank - 1];
    for (int i = 1; i < rank; i++) {
      dims[i - 1] = sharedAxes.contains((long) i) ? 1 : Axes.extent(this, input, i);
    }
    alpha =
        addWeight("alpha", alphaInitializer, alphaRegularizer, true, dims)
            .constraint(alphaConstraint);
  }

  @Override
  protected Value call(Call call, Value x) {
    return x.relu().sub(call.weight(built(alpha)).mul(x.neg().relu()));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    alphaInitializer = Options.initializer(config, "alpha_initializer", alphaInitializer);
    alphaRegularizer = config.object("alpha_regularizer", Regularizer.class, alphaRegularizer);
    alphaConstraint = config.object("alpha_constraint", Constraint.class, alphaConstraint);
    Object given = config.json("shared_axes", sharedAxes.isEmpty() ? null : sharedAxes);
    if (given != null) {
      sharedAxes = Options.longs(this, "shared_axes", given);
    }
  }
}
