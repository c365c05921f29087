package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.constraints.Constraint;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.regularizers.Regularizer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A variable of a layer: its shape, how it begins, and its present value. */
public final class Weight {
  private final String name;
  private final TensorType type;
  private final Initializer initializer;
  private final @Nullable Regularizer regularizer;
  private @Nullable Constraint constraint;
  private final boolean trainable;
  private final Layer owner;
  private @Nullable Tensor value;
  private @Nullable Runnable newest;
  private long version;
  private boolean frozen;

  Weight(
      Layer owner,
      String name,
      TensorType type,
      Initializer initializer,
      @Nullable Regularizer regularizer,
      boolean trainable) {
    this.owner = owner;
    this.name = name;
    this.type = type;
    this.initializer = initializer;
    this.regularizer = regularizer;
    this.trainable = trainable;
  }

  /** Keras's name within the layer: {@code kernel}, {@code bias}, … */
  public String name() {
    return name;
  }

  public long[] dims() {
    return type.shape().fixed();
  }

  /** The type that it is kept in. */
  public ElementType element() {
    return type.element();
  }

  public TensorType type() {
    return type;
  }

  /** The layer that made it. */
  public Layer owner() {
    return owner;
  }

  public long size() {
    return type.shape().size().value();
  }

  public @Nullable Regularizer regularizer() {
    return regularizer;
  }

  /** What the weight is projected onto after every step of training; null for nothing. */
  public @Nullable Constraint constraint() {
    return constraint;
  }

  /** Keeps the weight where {@code newConstraint} projects it; null lets it go. */
  public Weight constraint(@Nullable Constraint newConstraint) {
    constraint = newConstraint;
    return this;
  }

  /** Whether gradients change it: so it was made, and neither it nor its layer is frozen. */
  public boolean isTrainable() {
    return trainable && !frozen && owner.isTrainable();
  }

  /** Whether it was made to be trained, be it frozen or not. */
  public boolean isVariable() {
    return trainable;
  }

  /** Freezes this weight alone, or lets it train again, from the model's next compile on. */
  public void frozen(boolean isFrozen) {
    frozen = isFrozen;
  }

  /** Whether it is frozen alone, whatever its layer is. */
  public boolean isFrozen() {
    return frozen;
  }

  /** The present value; drawn with {@code random} if nothing has set it yet. */
  public Tensor value(Supplier<SplittableRandom> random) {
    pull();
    if (value == null) {
      value = initial(random.get());
    }
    return value;
  }

  // A scalar needs its own path: Tensor.of without dims makes a vector.
  private Tensor initial(SplittableRandom random) {
    long[] dims = dims();
    float[] drawn = initializer.generate(dims, random);
    if (element() == ElementType.FLOAT32) {
      return dims.length == 0 ? Tensor.scalar(drawn[0]) : Tensor.of(drawn, dims);
    }
    double[] values = new double[drawn.length];
    Arrays.setAll(values, i -> drawn[i]);
    return Tensor.from(element(), values, dims);
  }

  /**
   * Says that the newest value is somewhere else, in a training session: {@code bring} will set it
   * here when somebody asks. Several models may share a weight and train it in turns.
   */
  public void heldBy(Runnable bring) {
    newest = bring;
  }

  /** Whether {@code bring} is who has the newest value. */
  public boolean isHeldBy(Runnable bring) {
    return newest == bring;
  }

  /** Brings the newest value here, if it is somewhere else. */
  public void pull() {
    Runnable bring = newest;
    newest = null;
    if (bring != null) {
      bring.run();
    }
  }

  /** Grows whenever the value is set. */
  public long version() {
    return version;
  }

  /** Sets the value; an {@link IllegalArgumentException} for another shape or type. */
  public void set(Tensor newValue) {
    if (!newValue.type().equals(type)) {
      throw new IllegalArgumentException("%s is %s, got %s".formatted(name, type, newValue.type()));
    }
    value = newValue;
    newest = null;
    version++;
  }

  @Override
  public String toString() {
    return name + ": " + type;
  }
}
