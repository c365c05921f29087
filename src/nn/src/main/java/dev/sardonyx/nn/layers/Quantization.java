package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.nn.initializers.Ones;
import dev.sardonyx.nn.initializers.Zeros;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A matrix of weights that Keras has quantized, [rows, columns], and how it becomes numbers again.
 *
 * <p>{@code int8}: a scale for each column (or row, for embeddings) divides. {@code int4}: two to a
 * byte along the columns, the low half first; groups of rows have a scale, which multiplies, and a
 * zero, which is taken off before; without groups a scale divides, as in int8. {@code float8}: the
 * weights stay as they are and are rounded to float8 on their way.
 */
final class Quantization {
  private static final double FLOAT8_MOST = 448;

  private final Layer layer;
  private final String mode;
  private final long block;
  private final boolean quantizesInput;
  private @Nullable Weight scale;
  private @Nullable Weight zero;
  private @Nullable Weight group;
  private @Nullable Weight inputScale;
  private long columns;

  private Quantization(Layer layer, String mode, long block, boolean quantizesInput) {
    this.layer = layer;
    this.mode = mode;
    this.block = block;
    this.quantizesInput = quantizesInput;
  }

  /**
   * How {@code layer} is quantized, by its dtype; null if it is not.
   *
   * @param config Keras's {@code quantization_config}, or null
   */
  static @Nullable Quantization of(Layer layer, @Nullable Object config) {
    String mode = layer.dtype().quantization();
    if (mode == null) {
      return null;
    }
    Map<?, ?> options =
        config instanceof Map<?, ?> object && object.get("config") instanceof Map<?, ?> inner
            ? inner
            : Map.of();
    return switch (mode) {
      case "int8" -> {
        boolean weightsOnly = !options.isEmpty() && options.get("activation_quantizer") == null;
        yield new Quantization(layer, mode, -1, !weightsOnly);
      }
      case "int4" -> new Quantization(layer, mode, block(layer, options), false);
      case "float8" -> new Quantization(layer, mode, -1, true);
      default ->
          throw layer.refuse(
              "NN-002",
              "has weights quantized by %s, which is not supported".formatted(mode),
              List.of(),
              "int8, int4 and float8 are");
    };
  }

  private static long block(Layer layer, Map<?, ?> options) {
    if (options.get("block_size") instanceof Number n) {
      return n.longValue();
    }
    String name = layer.dtype().name();
    int slash = name.indexOf('/');
    int end = name.indexOf("_from_");
    return slash < 0
        ? -1
        : Long.parseLong(name.substring(slash + 1, end < 0 ? name.length() : end));
  }

  boolean isFloat8() {
    return mode.equals("float8");
  }

  /** Adds the matrix itself, packed. */
  Weight addPacked(String name, long rows, long newColumns, long... dims) {
    columns = newColumns;
    long[] shape = mode.equals("int4") ? new long[] {rows, (newColumns + 1) / 2} : dims;
    return layer.addWeight(name, ElementType.INT8, Zeros.zeros(), null, false, shape);
  }

  /**
   * Adds what the matrix becomes numbers with.
   *
   * @param prefix {@code kernel} or {@code embeddings}
   * @param ofEach the extents of a scale without groups
   * @param grouped along which extent groups lie
   */
  void addScales(String prefix, long grouped, long[] ofGroups, long... ofEach) {
    boolean groups = mode.equals("int4") && block > 0;
    long[] dims = groups ? ofGroups : ofEach;
    scale = layer.addWeight(prefix + "_scale", Ones.ones(), null, false, dims);
    if (groups) {
      zero = layer.addWeight(prefix + "_zero", ElementType.INT8, Zeros.zeros(), null, false, dims);
      group = layer.addWeight("g_idx", ElementType.FLOAT32, Zeros.zeros(), null, false, grouped);
    }
  }

  /** How many groups there are along {@code extent}. */
  long groups(long extent) {
    return block > 0 ? (extent + block - 1) / block : 1;
  }

  /** Adds what float8 keeps for its training. */
  void addFloat8(long history) {
    for (String what : new String[] {"inputs", "kernel", "outputs_grad"}) {
      Weight made = layer.addWeight(what + "_scale", ElementType.FLOAT32, Ones.ones(), null, false);
      layer.addWeight(
          what + "_amax_history", ElementType.FLOAT32, Zeros.zeros(), null, false, history);
      if (what.equals("inputs")) {
        inputScale = made;
      } else if (what.equals("kernel")) {
        scale = made;
      }
    }
  }

  /** The packed numbers as whole numbers of the layer's type. */
  Value whole(Value packed) {
    ElementType type = layer.dtype().compute();
    if (!mode.equals("int4")) {
      return packed.cast(type);
    }
    Value bytes = packed.cast(ElementType.FLOAT32);
    Value high = bytes.div(16).floor();
    Value low = bytes.sub(high.mul(16));
    Value signed = low.ge(8).where(low.sub(16), low);
    int last = bytes.shape().rank();
    Value pairs = Value.concat(last, signed.unsqueeze(last), high.unsqueeze(last));
    long[] dims = new long[last];
    dims[last - 1] = -1;
    return pairs.reshape(dims).slice(last - 1, 0, columns).cast(type);
  }

  /** The matrix of a kernel as numbers: groups lie along its rows. */
  Value matrix(Call call, Value packed) {
    Value whole = whole(packed);
    if (zero == null || group == null) {
      return whole.div(call.weight(layer.built(scale)));
    }
    Value rows = call.variable(group).cast(ElementType.INT32);
    Value zeros = call.variable(zero).gather(rows, 0).cast(whole.element());
    return whole.sub(zeros).mul(call.weight(layer.built(scale)).gather(rows, 0));
  }

  /** Rows {@code ids} of a table as numbers: groups lie along its columns. */
  Value rows(Call call, Value table, Value ids) {
    Value whole = whole(table).gather(ids, 0);
    Value scales = call.weight(layer.built(scale)).gather(ids, 0);
    int last = whole.shape().rank() - 1;
    if (zero == null || group == null) {
      return whole.div(scales.unsqueeze(last));
    }
    Value columnsOf = call.variable(group).cast(ElementType.INT32);
    Value zeros = call.variable(zero).gather(ids, 0).cast(whole.element());
    return whole.sub(zeros.gather(columnsOf, last)).mul(scales.gather(columnsOf, last));
  }

  /** The scale alone, as it is stored. */
  Value scale(Call call) {
    return call.weight(layer.built(scale));
  }

  /** The input as the layer sees it: rounded, with one scale along {@code axes}. */
  Value input(Call call, Value x, long... axes) {
    if (!quantizesInput) {
      return x;
    }
    if (isFloat8()) {
      return rounded(x, call.variable(layer.built(inputScale)));
    }
    // As Keras rounds: one division, not a reciprocal and a product.
    Value factor = x.scalar(127).div(x.abs().max(true, axes).add(1e-7));
    return x.mul(factor).round().clip(-127, 127).div(factor);
  }

  /** The kernel of float8. */
  Value kernel(Call call, Value kernel) {
    return rounded(kernel, call.variable(layer.built(scale)));
  }

  private static Value rounded(Value x, Value scale) {
    Value factor = scale.cast(x.element());
    return x.div(factor)
        .clip(-FLOAT8_MOST, FLOAT8_MOST)
        .cast(ElementType.FLOAT8E4M3FN)
        .cast(x.element())
        .mul(factor);
  }
}
