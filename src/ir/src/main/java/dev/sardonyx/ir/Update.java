package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * What an {@linkplain Optimizing.Optimizer optimizer} knows of one of the tensors that it updates.
 *
 * @param tensor which one it is
 * @param tensors how many there are
 */
record Update(Expansion e, int tensor, int tensors) {
  private static final int FIRST = 2;

  /** The types of all new tensors: those of the old ones, without the gradients. */
  static List<Type> types(Inference in, int kinds) {
    Vectors.requireSingle(in, 0);
    Vectors.requireSingle(in, 1);
    int tensors = (in.size() - FIRST) / kinds;
    if (in.size() - FIRST != tensors * kinds || tensors == 0) {
      throw in.fail(
          "ATTR-052",
          "cannot tell %s tensors apart".formatted(in.size() - FIRST),
          "give %s for each one to be optimized, after R and T".formatted(kinds));
    }
    List<Type> types = new ArrayList<>();
    for (int i = FIRST; i < in.size(); i++) {
      int x = FIRST + (i - FIRST) % tensors;
      if (in.element(i) != in.element(x)) {
        throw in.fail(
            "TYPE-002",
            "needs inputs of one element type, got %s and %s"
                .formatted(in.element(x), in.element(i)),
            "a tensor, its gradient and its state go together");
      }
      Type type = in.type(x).with(Vectors.sameShape(in, x, i));
      if (i < FIRST + tensors || i >= FIRST + 2 * tensors) {
        types.add(type);
      }
    }
    return types;
  }

  private Value kind(int kind) {
    return e.x(FIRST + kind * tensors + tensor);
  }

  /** The tensor to be optimized. */
  Value x() {
    return kind(0);
  }

  /** The optimizer's state of this kind. */
  Value state(int kind) {
    return kind(2 + kind);
  }

  /** The learning rate in the tensor's element type, a scalar. */
  Value rate() {
    return scalar(0);
  }

  /** The number of updates so far in the tensor's element type, a scalar. */
  Value count() {
    return scalar(1);
  }

  private Value scalar(int i) {
    Value value = e.x(i).cast(element());
    boolean isScalar = value.shape().isRanked() && value.shape().rank() == 0;
    return isScalar ? value : value.reshape(new long[0]);
  }

  private ElementType element() {
    return x().element();
  }

  /** The gradient, and that of half the squared norm of the tensor times a coefficient. */
  Value regularized(float normCoefficient) {
    return normCoefficient == 0 ? kind(1) : kind(1).add(x().mul(normCoefficient));
  }
}
