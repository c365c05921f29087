package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * y = activation(einsum(x, kernel) + bias), a Dense layer for any axes: {@code
 * einsumDense("abc,cd->abd", -1, 8).biasAxes("d")}.
 */
public final class EinsumDense extends QuantizableLayer<EinsumDense> {
  private String equation = "";
  private List<@Nullable Long> outputShape = List.of();
  private @Nullable String biasAxes;
  private @Nullable EinsumSpec spec;

  EinsumDense() {}

  /**
   * @param equation the input's axes, the kernel's and the result's: {@code ab,bc->ac}, {@code
   *     ...x,xy->...y} or {@code ab...,bc->ac...}
   * @param outputShape the result's extents without the batch; -1 where they are the input's
   */
  public static EinsumDense einsumDense(String equation, long... outputShape) {
    EinsumDense made = new EinsumDense();
    made.equation = equation;
    List<@Nullable Long> shape = new ArrayList<>();
    for (long extent : outputShape) {
      shape.add(extent < 0 ? null : (Long) extent);
    }
    made.outputShape = shape;
    return made;
  }

  /** The result's axes that a bias is added along; without them there is none, the default. */
  public EinsumDense biasAxes(@Nullable String axes) {
    biasAxes = axes;
    return this;
  }

  @Override
  EinsumDense self() {
    return this;
  }

  @Override
  boolean takesUseBias() {
    return false;
  }

  @Override
  protected void build(TensorType input) {
    EinsumSpec made = EinsumSpec.of(this, equation, input, outputShape);
    spec = made;
    useBias(biasAxes != null);
    long[] bias = biasAxes == null ? new long[0] : made.biasShape(this, biasAxes);
    addQuantizable(made.kernelShape(), made.rows(), made.int8ScaleShape(), bias);
  }

  private EinsumSpec spec() {
    if (spec == null) {
      throw new IllegalStateException(this + " has not seen an input yet");
    }
    return spec;
  }

  @Override
  protected Value call(Call call, Value given) {
    EinsumSpec einsum = spec();
    Value x = seen(call, given.cast(computeType()), einsum.summedInputAxes());
    Value kernel = numbers(call, einsum.kernelShape());
    Value y = Value.einsum(equation.replace(" ", ""), x, kernel);
    Value bias = bias(call);
    return activate(call, bias == null ? y : y.add(bias));
  }

  @Override
  Value int8Scale(Value scale) {
    return spec().ofKernel(scale);
  }

  @Override
  void configureShape(Config config) {
    equation = config.text("equation", equation);
    Object shape = config.json("output_shape", outputShape);
    List<?> items = shape instanceof List<?> list ? list : java.util.Arrays.asList(shape);
    List<@Nullable Long> extents = new ArrayList<>();
    for (Object item : items) {
      if (item != null && !(item instanceof Number)) {
        throw Allowed.refusal(this, "output_shape", "extents", items, "give integers or null");
      }
      extents.add(item == null ? null : (Long) ((Number) item).longValue());
    }
    outputShape = extents;
    biasAxes = config.optionalText("bias_axes", biasAxes);
  }
}
