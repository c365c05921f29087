package dev.sardonyx.nn.losses;

import static dev.sardonyx.ir.type.ElementType.FLOAT32;

import dev.sardonyx.ir.Diagonals;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The circle loss of embeddings [batch, width], Sun et al. 2020: those of one class should lie
 * close together, with the distance d = max(1 - y·y', 0), and those of others far apart. A sample
 * without another of its class in the batch, or without one of another class, does not count.
 * Targets are class numbers.
 */
public final class Circle extends Loss {
  /** Stands for a pair that is not there: e to its power is 0. */
  private static final double NONE = -1e9;

  private double gamma = 80;
  private double margin = 0.4;
  private boolean removeDiagonal = true;

  public static Circle circle() {
    return new Circle();
  }

  /** The scale of the distances; 80 by default. */
  public Circle gamma(double newGamma) {
    gamma = newGamma;
    return this;
  }

  /** How far apart classes should be; 0.4 by default. */
  public Circle margin(double newMargin) {
    margin = newMargin;
    return this;
  }

  /** Whether a sample does not count as its own neighbour; true by default. */
  public Circle removeDiagonal(boolean remove) {
    removeDiagonal = remove;
    return this;
  }

  @Override
  public TensorType targetType(TensorType yPred) {
    return ClassNumbers.type(yPred, -1);
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    Value distance = yPred.matMul(yPred.transpose(1, 0)).neg().add(1).relu();
    Value same = yTrue.unsqueeze(1).eq(yTrue.unsqueeze(0));
    Value near = removeDiagonal ? same.and(self(distance).not()) : same;
    Value pull = distance.add(margin).relu();
    Value push = distance.neg().add(1 + margin).relu();
    Value positive = pull.mul(distance.neg().add(margin)).mul(-gamma);
    Value negative = push.mul(distance.neg().add(1 - margin)).mul(gamma);
    return logSum(near, positive).add(logSum(same.not(), negative)).softplus();
  }

  private static Value self(Value square) {
    return Value.of(new Diagonals.EyeLike(FLOAT32, 0), square).eq(1);
  }

  private static Value logSum(Value mask, Value x) {
    return mask.where(x, x.scalar(NONE)).logSumExp(false, 1);
  }

  @Override
  protected @Nullable Value mask(Value yTrue, Value values) {
    return values.gt(0);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    gamma = config.number("gamma", gamma);
    margin = config.number("margin", margin);
    removeDiagonal = config.flag("remove_diagonal", removeDiagonal);
  }
}
