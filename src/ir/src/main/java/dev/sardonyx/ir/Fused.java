package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What ONNX Runtime's fused operators have in common. */
final class Fused {
  private Fused() {}

  /** The shape of input {@code i}, which must have this rank. */
  static Shape ranked(Inference in, int i, int rank) {
    Shape shape = in.shape(i);
    if (!shape.isRanked()) {
      return Vectors.unknown(rank);
    }
    if (shape.rank() != rank) {
      throw in.fail(
          "SHAPE-070",
          "takes rank %s as %s, got %s".formatted(rank, in.schema().inputName(i), shape),
          "reshape the input; the operator's documentation says what its axes are");
    }
    return shape;
  }

  /** What each of the heads has of these features. */
  static Dim perHead(Inference in, Dim features, long heads) {
    if (features.isFixed() && features.value() % heads != 0) {
      throw in.fail(
          "SHAPE-071",
          "cannot divide %s features among %s heads".formatted(features, heads),
          "correct num_heads, or the last axis");
    }
    return features.floorDiv(heads);
  }

  /** As many of these types as results are asked for; {@code usual} if nobody asked. */
  static List<Type> asked(Inference in, int usual, Type... types) {
    int count = in.outputs() == Inference.ANY_NUMBER ? usual : in.outputs();
    return List.of(types).subList(0, Math.min(types.length, count));
  }

  /** A mask [N,1,1,T] for each query of [N,S,...]: ONNX Runtime does not stretch that axis. */
  static Value forQueries(Value mask, Value queries) {
    Value one = Value.longs(1);
    return mask.expand(Extents.join(List.of(one, one, Extents.axis(queries, 1), one)));
  }

  static Value zero() {
    return Value.constant(Tensor.scalar(0L));
  }

  static Value one() {
    return Value.constant(Tensor.scalar(1L));
  }

  /** An activation by the name that fused operators use; null for one that is not known. */
  static @Nullable Value activation(@Nullable String name, List<Float> params, Value x) {
    if (name == null || name.isEmpty()) {
      return x;
    }
    return switch (name) {
      case "Relu" -> x.relu();
      case "Tanh" -> x.tanh();
      case "Sigmoid" -> x.sigmoid();
      case "Softplus" -> x.softplus();
      case "LeakyRelu" -> x.leakyRelu(param(params, 0, 0.01f));
      case "Elu" -> x.elu(param(params, 0, 1));
      case "HardSigmoid" ->
          Value.of(new Activation.HardSigmoid(param(params, 0, 0.2f), param(params, 1, 0.5f)), x);
      case "Clip" -> params.size() < 2 ? null : x.clip(params.get(0), params.get(1));
      default -> null;
    };
  }

  private static float param(List<Float> params, int i, float otherwise) {
    return i < params.size() ? params.get(i) : otherwise;
  }

  /** Quantized numbers as float32. */
  static Value real(Value q, Value scale, @Nullable Value zero) {
    return Value.of(
        new Quantizing.DequantizeLinear(),
        q,
        scale.reshape(),
        zero == null ? null : zero.reshape());
  }

  /** Real numbers quantized to {@code element}. */
  static Value quantized(Value x, Value scale, @Nullable Value zero, ElementType element) {
    Value point = zero == null ? Value.constant(Tensor.scalar(element, 0)) : zero.reshape();
    return Value.of(new Quantizing.QuantizeLinear(), x, scale.reshape(), point);
  }
}
