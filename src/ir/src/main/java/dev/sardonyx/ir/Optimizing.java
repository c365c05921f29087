package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The domain ai.onnx.preview.training: gradients and optimizers.
 *
 * <p>An optimizer takes the learning rate R, the number T of updates so far, then all tensors X to
 * be optimized, all their gradients G, and the optimizer's state for each of them, one kind after
 * the other; it gives all new X and the new state, in the same order.
 */
public sealed interface Optimizing extends Op permits Optimizing.Optimizer, Gradient {
  /** An optimizer; {@code kinds} counts X, G and the kinds of its state. */
  sealed interface Optimizer extends Optimizing, Expandable permits Adagrad, Adam, Momentum {
    /** How many inputs there are for each tensor to be optimized. */
    int kinds();

    /** One tensor's update: the new X, then its new state. */
    List<Value> update(Update u);

    @Override
    default List<Type> infer(Inference in) {
      return Update.types(in, kinds());
    }

    @Override
    default List<Value> expand(Expansion e) {
      int tensors = (e.size() - 2) / kinds();
      List<List<Value>> updates = new ArrayList<>();
      for (int i = 0; i < tensors; i++) {
        updates.add(update(new Update(e, i, tensors)));
      }
      List<Value> results = new ArrayList<>();
      for (int kind = 0; kind < kinds() - 1; kind++) {
        for (List<Value> update : updates) {
          results.add(update.get(kind));
        }
      }
      return results;
    }
  }

  /**
   * Steps that grow smaller with the sum H of squared gradients. Duchi et al. 2011.
   *
   * <pre>
   * g = G + norm_coefficient·X     H' = H + g²
   * X' = X - R/(1 + T·decay_factor) · g/(√H' + ε)
   * </pre>
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "R T inputs*",
      outputs = "outputs*",
      domain = "ai.onnx.preview.training")
  record Adagrad(
      @Default("0.0") float decayFactor,
      @Default("1e-06") float epsilon,
      @Default("0.0") float normCoefficient)
      implements Optimizer {
    @Override
    public int kinds() {
      return 3;
    }

    @Override
    public List<Value> update(Update u) {
      Value rate = u.rate().div(u.count().mul(decayFactor).add(1));
      Value g = u.regularized(normCoefficient);
      Value squares = u.state(0).add(g.square());
      return List.of(u.x().sub(rate.mul(g).div(squares.sqrt().add(epsilon))), squares);
    }
  }

  /**
   * Steps along the running mean V of gradients, divided by the root of the running mean H of their
   * squares. Kingma and Ba 2014.
   *
   * <pre>
   * g = G + norm_coefficient·X     V' = α·V + (1-α)·g     H' = β·H + (1-β)·g²
   * X' = (1 - norm_coefficient_post)·(X - r·V'/(√H' + ε))
   * r = R·√(1-β^T)/(1-α^T), or R while T = 0
   * </pre>
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "R T inputs*",
      outputs = "outputs*",
      domain = "ai.onnx.preview.training")
  record Adam(
      @Default("0.9") float alpha,
      @Default("0.999") float beta,
      @Default("1e-06") float epsilon,
      @Default("0.0") float normCoefficient,
      @Default("0.0") float normCoefficientPost)
      implements Optimizer {
    @Override
    public int kinds() {
      return 4;
    }

    @Override
    public List<Value> update(Update u) {
      Value g = u.regularized(normCoefficient);
      Value mean = u.state(0).mul(alpha).add(g.mul(1 - alpha));
      Value squares = u.state(1).mul(beta).add(g.square().mul(1 - beta));
      Value x = u.x().sub(rate(u).mul(mean).div(squares.sqrt().add(epsilon)));
      Value shrunk = normCoefficientPost == 0 ? x : x.mul(1 - normCoefficientPost);
      return List.of(shrunk, mean, squares);
    }

    private Value rate(Update u) {
      Value started = u.count().gt(0);
      // While T = 0 its power would divide by 0, which a gradient would see.
      Value count = started.where(u.count(), u.count().scalar(1));
      Value lifted = count.scalar(beta).pow(count).neg().add(1).sqrt();
      Value corrected = lifted.div(count.scalar(alpha).pow(count).neg().add(1));
      return started.where(u.rate().mul(corrected), u.rate());
    }
  }

  /**
   * Steps along a decaying sum V of gradients.
   *
   * <pre>
   * g = G + norm_coefficient·X     V' = α·V + β·g, with β = 1 while T = 0
   * standard: X' = X - R·V'        nesterov: X' = X - R·(g + α·V')
   * </pre>
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "R T inputs*",
      outputs = "outputs*",
      domain = "ai.onnx.preview.training")
  record Momentum(float alpha, float beta, Mode mode, float normCoefficient) implements Optimizer {
    /** Where the gradient is looked at. */
    public enum Mode {
      STANDARD,
      NESTEROV;

      @Override
      public String toString() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    @Override
    public int kinds() {
      return 3;
    }

    @Override
    public List<Value> update(Update u) {
      Value g = u.regularized(normCoefficient);
      Value weight = u.count().gt(0).where(u.count().scalar(beta), u.count().scalar(1));
      Value velocity = u.state(0).mul(alpha).add(weight.mul(g));
      Value step = mode == Mode.NESTEROV ? g.add(velocity.mul(alpha)) : velocity;
      return List.of(u.x().sub(u.rate().mul(step)), velocity);
    }
  }
}
