package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Random numbers, new ones at every run.
 *
 * <p>These are the only operators whose nodes have an identity: two nodes of equal records on equal
 * inputs are two draws, and are never merged nor computed beforehand. Without a seed the runtime
 * chooses one.
 */
public sealed interface Random extends Op
    permits Random.RandomUniformLike,
        Random.RandomNormalLike,
        Random.RandomUniform,
        Random.RandomNormal,
        Sampling {
  /** Uniform in [low, high), in the input's shape, and its element type unless told another. */
  @Onnx(since = 22, from = 1, inputs = "input", outputs = "output")
  @NotDifferentiable("the result does not depend on the input's elements")
  record RandomUniformLike(
      @Default("") @Nullable ElementType dtype,
      @Default("1.0") float high,
      @Default("0.0") float low,
      @Nullable Float seed)
      implements Random {
    @Override
    public List<Type> infer(Inference in) {
      return like(in, dtype);
    }
  }

  /** Normal, in the input's shape, and its element type unless told another. */
  @Onnx(since = 22, from = 1, inputs = "input", outputs = "output")
  @NotDifferentiable("the result does not depend on the input's elements")
  record RandomNormalLike(
      @Default("") @Nullable ElementType dtype,
      @Default("0.0") float mean,
      @Default("1.0") float scale,
      @Nullable Float seed)
      implements Random {
    @Override
    public List<Type> infer(Inference in) {
      return like(in, dtype);
    }
  }

  /** Uniform in [low, high). */
  @Onnx(since = 22, from = 1, inputs = "", outputs = "output")
  @NotDifferentiable("there is no input")
  record RandomUniform(
      @Default("1") ElementType dtype,
      @Default("1.0") float high,
      @Default("0.0") float low,
      @Nullable Float seed,
      List<Long> shape)
      implements Random {
    @Override
    public List<Type> infer(Inference in) {
      return ofShape(in, dtype, shape);
    }
  }

  /** Normal. */
  @Onnx(since = 22, from = 1, inputs = "", outputs = "output")
  @NotDifferentiable("there is no input")
  record RandomNormal(
      @Default("1") ElementType dtype,
      @Default("0.0") float mean,
      @Default("1.0") float scale,
      @Nullable Float seed,
      List<Long> shape)
      implements Random {
    @Override
    public List<Type> infer(Inference in) {
      return ofShape(in, dtype, shape);
    }
  }

  private static List<Type> like(Inference in, @Nullable ElementType dtype) {
    ElementType element = dtype == null ? in.element(0) : dtype;
    return List.of(new TensorType(floating(in, element), in.shape(0)));
  }

  private static List<Type> ofShape(Inference in, ElementType dtype, List<Long> shape) {
    Windows.checkList(in, "shape", shape, 0, shape.size());
    long[] dims = shape.stream().mapToLong(Long::longValue).toArray();
    return List.of(new TensorType(floating(in, dtype), Shape.of(dims)));
  }

  private static ElementType floating(Inference in, ElementType element) {
    if (!element.isFloat()) {
      throw in.fail(
          "ATTR-004", "cannot make " + element, "random numbers are floats: set dtype, then cast");
    }
    return element;
  }
}
