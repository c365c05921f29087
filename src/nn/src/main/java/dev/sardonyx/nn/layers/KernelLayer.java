package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.activations.Activation;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.constraints.Constraint;
import dev.sardonyx.nn.initializers.GlorotUniform;
import dev.sardonyx.nn.initializers.HeUniform;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.initializers.Zeros;
import dev.sardonyx.nn.regularizers.Regularizer;
import org.jspecify.annotations.Nullable;

/**
 * A layer that is linear in a kernel, adds a bias and applies an activation; with the options that
 * Keras gives all of these.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class KernelLayer<L extends KernelLayer<L>> extends SingleInputLayer {
  private Activation activation = Activation.LINEAR;
  private boolean useBias = true;
  private Initializer kernelInitializer = GlorotUniform.glorotUniform();
  private Initializer biasInitializer = Zeros.zeros();
  private @Nullable Regularizer kernelRegularizer;
  private @Nullable Regularizer biasRegularizer;
  private @Nullable Regularizer activityRegularizer;
  private @Nullable Constraint kernelConstraint;
  private @Nullable Constraint biasConstraint;
  private @Nullable Weight kernel;
  private @Nullable Weight bias;
  private @Nullable Long loraRank;
  private @Nullable Double loraAlpha;
  private @Nullable Weight loraA;
  private @Nullable Weight loraB;

  abstract L self();

  /** What is applied to the result; nothing by default. */
  public L activation(Activation newActivation) {
    activation = newActivation;
    return self();
  }

  /** Whether a bias is added; it is by default. */
  public L useBias(boolean use) {
    useBias = use;
    return self();
  }

  /** How the kernel begins: Glorot uniform by default. */
  public L kernelInitializer(Initializer initializer) {
    kernelInitializer = initializer;
    return self();
  }

  /** How the bias begins: with zeros by default. */
  public L biasInitializer(Initializer initializer) {
    biasInitializer = initializer;
    return self();
  }

  /** A penalty on the kernel; there is none by default. */
  public L kernelRegularizer(@Nullable Regularizer regularizer) {
    kernelRegularizer = regularizer;
    return self();
  }

  /** A penalty on the bias; there is none by default. */
  public L biasRegularizer(@Nullable Regularizer regularizer) {
    biasRegularizer = regularizer;
    return self();
  }

  /** A penalty on the result of a batch, divided by its size; there is none by default. */
  public L activityRegularizer(@Nullable Regularizer regularizer) {
    activityRegularizer = regularizer;
    return self();
  }

  /** What the kernel is projected onto after every step; nothing by default. */
  public L kernelConstraint(@Nullable Constraint constraint) {
    kernelConstraint = constraint;
    return self();
  }

  /** What the bias is projected onto after every step; nothing by default. */
  public L biasConstraint(@Nullable Constraint constraint) {
    biasConstraint = constraint;
    return self();
  }

  @Override
  public L named(String newName) {
    super.named(newName);
    return self();
  }

  @Override
  public L trainable(boolean isTrainable) {
    super.trainable(isTrainable);
    return self();
  }

  /**
   * Trains the kernel by two small factors that are added to it, {@code a · b · alpha / rank}, and
   * keeps it frozen itself; to be called before the layer is applied. Hu et al. 2021.
   *
   * @param rank the width of {@code a} and the height of {@code b}, at least 1; alpha is the same
   */
  public L lora(long rank) {
    loraRank = Allowed.atLeast(1, this, "lora_rank", rank);
    return self();
  }

  /** The weight of what LoRA adds; the rank by default. */
  public L loraAlpha(double alpha) {
    loraAlpha = Allowed.finite(this, "lora_alpha", alpha);
    return self();
  }

  /** Makes the kernel of this shape and a bias for each of its last axis. */
  final void addKernel(long... dims) {
    addKernelAlone("kernel", dims);
    addBias(dims[dims.length - 1]);
    addLora(dims);
  }

  /** Makes the kernel, called {@code weightName}. */
  final void addKernelAlone(String weightName, long... dims) {
    kernel =
        addWeight(weightName, kernelInitializer, kernelRegularizer, loraRank == null, dims)
            .constraint(kernelConstraint);
  }

  /** Takes {@code packed} for the kernel. */
  final void kernel(Weight packed) {
    kernel = packed;
  }

  /** The kernel with what LoRA adds to it. */
  @Override
  public Tensor merged(Weight weight) {
    Tensor own = super.merged(weight);
    if (loraRank == null || weight != kernel || !own.element().isFloat()) {
      return own;
    }
    double[] sum = own.toDoubleArray();
    double[] a = super.merged(built(loraA)).toDoubleArray();
    double[] b = super.merged(built(loraB)).toDoubleArray();
    double factor = (loraAlpha == null ? loraRank : loraAlpha) / loraRank;
    int rank = Math.toIntExact(loraRank);
    int columns = b.length / rank;
    for (int i = 0; i < sum.length; i++) {
      for (int k = 0; k < rank; k++) {
        sum[i] += factor * a[i / columns * rank + k] * b[k * columns + i % columns];
      }
    }
    return Tensor.from(own.element(), sum, own.dims());
  }

  /** Makes the factors of LoRA for a kernel of this shape, if there are any. */
  final void addLora(long... dims) {
    if (loraRank != null) {
      long[] first = dims.clone();
      first[dims.length - 1] = loraRank;
      loraA = addWeight("lora_kernel_a", HeUniform.heUniform(), null, true, first);
      loraB =
          addWeight("lora_kernel_b", Zeros.zeros(), null, true, loraRank, dims[dims.length - 1]);
    }
  }

  /** The kernel that counts: with what LoRA adds. */
  final Value kernel(Call call) {
    return adapted(call, call.weight(kernel()));
  }

  /** {@code plain} with what LoRA adds. */
  final Value adapted(Call call, Value plain) {
    if (loraRank == null) {
      return plain;
    }
    double alpha = loraAlpha == null ? loraRank : loraAlpha;
    Value product = call.weight(built(loraA)).matMul(call.weight(built(loraB)));
    return plain.add(product.mul(alpha / loraRank));
  }

  /** Makes the bias, if there is one. */
  final void addBias(long... dims) {
    if (useBias) {
      bias =
          addWeight("bias", biasInitializer, biasRegularizer, true, dims)
              .constraint(biasConstraint);
    }
  }

  /** The kernel; an {@link IllegalStateException} before there is one. */
  final Weight kernel() {
    if (kernel == null) {
      throw new IllegalStateException(this + " has not seen an input yet");
    }
    return kernel;
  }

  /** The bias as a value, or null. */
  final @Nullable Value bias(Call call) {
    return bias == null ? null : call.weight(bias);
  }

  /** The layer's result, of which a penalty may be added to the loss. */
  final Value activate(Call call, Value x) {
    Value y = activation.apply(x);
    if (activityRegularizer != null) {
      Value batch = y.shapeOf().gather(Value.scalar(ElementType.INT64, 0), 0);
      call.addLoss(activityRegularizer.penalty(y).div(batch.cast(computeType())));
    }
    return y;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    configureShape(config);
    activation = Activation.option(config, "activation", activation);
    if (takesUseBias()) {
      useBias = config.flag("use_bias", useBias);
    }
    String prefix = kernelPrefix();
    kernelInitializer = Options.initializer(config, prefix + "_initializer", kernelInitializer);
    biasInitializer = Options.initializer(config, "bias_initializer", biasInitializer);
    kernelRegularizer =
        config.object(prefix + "_regularizer", Regularizer.class, kernelRegularizer);
    biasRegularizer = config.object("bias_regularizer", Regularizer.class, biasRegularizer);
    activityRegularizer =
        config.object("activity_regularizer", Regularizer.class, activityRegularizer);
    kernelConstraint = config.object(prefix + "_constraint", Constraint.class, kernelConstraint);
    biasConstraint = config.object("bias_constraint", Constraint.class, biasConstraint);
    // Keras writes these only where they say something.
    if (takesLora() && (loraRank != null || config.has("lora_rank"))) {
      loraRank = config.optionalInteger("lora_rank", loraRank);
      loraAlpha = config.optionalNumber("lora_alpha", loraAlpha);
    }
  }

  /** What the kernel's options begin with; {@code kernel} in most layers. */
  String kernelPrefix() {
    return "kernel";
  }

  /** Whether {@code use_bias} is an option; some layers say it otherwise. */
  boolean takesUseBias() {
    return true;
  }

  /** Whether Keras can adapt the layer by LoRA, whose part a saved kernel has merged. */
  boolean takesLora() {
    return true;
  }

  /** Names the options that decide on the kernel's shape. */
  abstract void configureShape(Config config);
}
