package dev.sardonyx.nn.layers;

import dev.sardonyx.nn.activations.Activation;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.constraints.Constraint;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.regularizers.Regularizer;
import org.jspecify.annotations.Nullable;

/**
 * The options of Keras's cells, which the layers that are made of one have as well.
 *
 * @param <L> the cell or layer itself, which options return
 */
public interface RecurrentOptions<L extends Layer> {
  /** Where the options are kept. */
  RecurrentSettings settings();

  /** The cell or layer itself. */
  L self();

  /** What makes the output; tanh by default. */
  default L activation(Activation activation) {
    settings().activation = activation;
    return self();
  }

  /** Whether biases are added; they are by default. */
  default L useBias(boolean use) {
    settings().useBias = use;
    return self();
  }

  /** How the kernel begins: Glorot uniform by default. */
  default L kernelInitializer(Initializer initializer) {
    settings().kernelInitializer = initializer;
    return self();
  }

  /** How the kernel of the states begins: orthogonal by default. */
  default L recurrentInitializer(Initializer initializer) {
    settings().recurrentInitializer = initializer;
    return self();
  }

  /** How the bias begins: with zeros by default. */
  default L biasInitializer(Initializer initializer) {
    settings().biasInitializer = initializer;
    return self();
  }

  /** A penalty on the kernel; there is none by default. */
  default L kernelRegularizer(@Nullable Regularizer regularizer) {
    settings().kernelRegularizer = regularizer;
    return self();
  }

  /** A penalty on the kernel of the states; there is none by default. */
  default L recurrentRegularizer(@Nullable Regularizer regularizer) {
    settings().recurrentRegularizer = regularizer;
    return self();
  }

  /** A penalty on the bias; there is none by default. */
  default L biasRegularizer(@Nullable Regularizer regularizer) {
    settings().biasRegularizer = regularizer;
    return self();
  }

  /** What the kernel is projected onto after every step; nothing by default. */
  default L kernelConstraint(@Nullable Constraint constraint) {
    settings().kernelConstraint = constraint;
    return self();
  }

  /** What the kernel of the states is projected onto; nothing by default. */
  default L recurrentConstraint(@Nullable Constraint constraint) {
    settings().recurrentConstraint = constraint;
    return self();
  }

  /** What the bias is projected onto after every step; nothing by default. */
  default L biasConstraint(@Nullable Constraint constraint) {
    settings().biasConstraint = constraint;
    return self();
  }

  /** The part of the inputs that training drops, in [0, 1]; the same ones at all time steps. */
  default L dropout(double rate) {
    settings().dropout = Allowed.fraction(self(), "dropout", rate);
    return self();
  }

  /** The part of the states that training drops, in [0, 1]; the same ones at all time steps. */
  default L recurrentDropout(double rate) {
    settings().recurrentDropout = Allowed.fraction(self(), "recurrent_dropout", rate);
    return self();
  }

  /** Draws what is dropped with this seed in the place of the model's. */
  default L seed(long seed) {
    settings().seed = seed;
    return self();
  }

  /**
   * The options of cells with gates.
   *
   * @param <L> the cell or layer itself
   */
  interface Gated<L extends Layer> extends RecurrentOptions<L> {
    /** What makes the gates; the sigmoid by default. */
    default L recurrentActivation(Activation activation) {
      settings().recurrentActivation = activation;
      return self();
    }
  }
}
