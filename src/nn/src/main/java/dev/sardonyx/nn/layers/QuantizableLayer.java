package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A layer that is linear in a matrix which Keras can quantize. How it is quantized, the layer's
 * dtype says.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class QuantizableLayer<L extends QuantizableLayer<L>> extends KernelLayer<L> {
  private static final long FLOAT8_HISTORY = 1024;

  private @Nullable Object quantizationConfig;
  private @Nullable Quantization quantization;

  QuantizableLayer() {}

  /**
   * Makes the weights.
   *
   * @param dims the kernel's extents
   * @param rows the product of those that are summed over; the others lie behind them in a matrix
   * @param scale the extents of int8's scale
   * @param bias the extents of the bias
   */
  final void addQuantizable(long[] dims, long rows, long[] scale, long[] bias) {
    quantization = Quantization.of(this, quantizationConfig);
    long size = 1;
    for (long dim : dims) {
      size *= dim;
    }
    if (quantization == null || quantization.isFloat8()) {
      addKernelAlone("kernel", dims);
      addBias(bias);
    } else {
      kernel(quantization.addPacked("kernel", rows, size / rows, dims));
      addBias(bias);
      long[] grouped = {quantization.groups(rows), size / rows};
      boolean int8 = "int8".equals(dtype().quantization());
      long[] each = int8 ? scale : new long[] {size / rows};
      quantization.addScales("kernel", rows, grouped, each);
    }
    if (quantization != null && quantization.isFloat8()) {
      quantization.addFloat8(history());
    }
    addLora(dims);
  }

  private long history() {
    Map<String, Object> policy = dtype().serialized();
    Object config = policy == null ? null : policy.get("config");
    return config instanceof Map<?, ?> map && map.get("amax_history_length") instanceof Number n
        ? n.longValue()
        : FLOAT8_HISTORY;
  }

  /** How the kernel is quantized, or null. */
  final @Nullable Quantization quantization() {
    return quantization;
  }

  /** The kernel as numbers, in its own extents. */
  final Value numbers(Call call, long[] dims) {
    if (quantization == null) {
      return kernel(call);
    }
    if (quantization.isFloat8()) {
      return quantization.kernel(call, kernel(call));
    }
    Value packed = call.variable(kernel());
    if ("int8".equals(dtype().quantization())) {
      Value scale = int8Scale(quantization.scale(call));
      return adapted(call, packed.cast(computeType()).div(scale));
    }
    return adapted(call, quantization.matrix(call, packed).reshape(dims));
  }

  /** The input as a quantized layer sees it, with one scale along {@code axes}. */
  final Value seen(Call call, Value x, long... axes) {
    return quantization == null ? x : quantization.input(call, x, axes);
  }

  /** The scale of int8 as it broadcasts against the kernel. */
  abstract Value int8Scale(Value scale);

  @Override
  public void configure(Config config) {
    super.configure(config);
    quantizationConfig = config.json("quantization_config", quantizationConfig);
  }
}
