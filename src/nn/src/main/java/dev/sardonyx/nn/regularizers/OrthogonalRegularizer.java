package dev.sardonyx.nn.regularizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/**
 * Pulls the rows or columns of a matrix towards right angles: factor · ½ · Σ |cos| over all ordered
 * pairs of different ones, divided by the number of pairs; 0.01 by default.
 */
public final class OrthogonalRegularizer implements Regularizer {
  /** The least squared length that Keras divides by. */
  private static final double EPSILON = 1e-10;

  /** Which vectors of the matrix are meant. */
  public enum Mode {
    ROWS,
    COLUMNS
  }

  private double factor = 0.01;
  private Mode mode = Mode.ROWS;

  OrthogonalRegularizer() {}

  public static OrthogonalRegularizer orthogonalRegularizer() {
    return new OrthogonalRegularizer();
  }

  /** The penalty with this factor, which is not negative. */
  public static OrthogonalRegularizer orthogonalRegularizer(double factor, Mode mode) {
    OrthogonalRegularizer made = new OrthogonalRegularizer();
    made.factor = Allowed.notNegative(made, "factor", factor);
    made.mode = mode;
    return made;
  }

  @Override
  public Value penalty(Value weight) {
    if (weight.shape().rank() != 2) {
      throw new Diagnostic(
              "NN-012",
              "OrthogonalRegularizer is for matrices, got " + weight.type(),
              Location.current(),
              "weight: " + weight.type(),
              "use another regularizer for this weight")
          .exception();
    }
    Value rows = mode == Mode.ROWS ? weight : weight.transpose(1, 0);
    Value unit = rows.div(rows.square().sum(true, 1).max(EPSILON).sqrt());
    int size = (int) rows.shape().fixed()[0];
    Value cosines = unit.matMul(unit.transpose(1, 0)).mul(Value.constant(offDiagonal(size)));
    double pairs = size * (size - 1.0) / 2;
    return cosines.abs().sum().mul(factor * 0.5 / pairs);
  }

  private static Tensor offDiagonal(int size) {
    float[] elements = new float[size * size];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = i % (size + 1) == 0 ? 0 : 1;
    }
    return Tensor.of(elements, size, size);
  }

  @Override
  public void configure(Config config) {
    factor = Allowed.notNegative(this, "factor", config.number("factor", factor));
    mode = config.choice("mode", mode);
  }
}
