package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.activations.Activation;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The last axes of its input times a kernel [inputs…, outputs…], plus a bias [outputs…]: an {@code
 * EinsumDense} as it is in attention.
 */
final class Projection extends SingleInputLayer {
  private final ProjectionOptions options;
  private final int bound;
  private final long[] outputs;
  private final Activation activation;
  private @Nullable Weight kernel;
  private @Nullable Weight bias;

  /**
   * @param bound how many of the last axes of the input are summed over
   * @param outputs the last axes of the result
   */
  Projection(ProjectionOptions options, int bound, Activation activation, long... outputs) {
    this.options = options;
    this.bound = bound;
    this.activation = activation;
    this.outputs = outputs.clone();
  }

  @Override
  public String className() {
    return "EinsumDense";
  }

  @Override
  protected void build(TensorType input) {
    int rank = Axes.rankAtLeast(this, input, bound + 1);
    LongStream inputs =
        LongStream.range(rank - bound, rank).map(i -> Axes.extent(this, input, (int) i));
    long[] dims = LongStream.concat(inputs, LongStream.of(outputs)).toArray();
    kernel =
        addWeight("kernel", options.kernelInitializer, options.kernelRegularizer, true, dims)
            .constraint(options.kernelConstraint);
    if (options.useBias) {
      bias =
          addWeight("bias", options.biasInitializer, options.biasRegularizer, true, outputs)
              .constraint(options.biasConstraint);
    }
  }

  @Override
  protected Value call(Call call, Value x) {
    if (kernel == null) {
      throw new IllegalStateException("not built");
    }
    long in = LongStream.of(kernel.dims()).limit(bound).reduce(1, Math::multiplyExact);
    long out = LongStream.of(outputs).reduce(1, Math::multiplyExact);
    int free = x.shape().rank() - bound;
    Value shape = Extent.of(x, 0, free);
    Value flat = bound == 1 ? x : x.reshape(Value.concat(0, shape, Value.longs(in)));
    Value product = flat.matMul(call.weight(kernel).reshape(in, out));
    Value y =
        outputs.length == 1
            ? product
            : product.reshape(Value.concat(0, shape, Value.longs(outputs)));
    Value activated = activation.apply(bias == null ? y : y.add(call.weight(bias)));
    Penalty.add(call, options.activityRegularizer, activated);
    return activated;
  }
}
