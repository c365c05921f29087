package dev.sardonyx.compiler;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An integer vector whose elements are known from types is a constant.
 *
 * <pre>
 *  x: float32[8,3]      Concat(Shape(x), [1])   ->   [8,3,1]
 * </pre>
 */
public final class KnownContent implements Rule {
  @Override
  public @Nullable Value rewrite(Node node, Uses uses) {
    List<Dim> content = node.content();
    if (content == null || !content.stream().allMatch(Dim::isFixed)) {
      return null;
    }
    TensorType type = node.output().tensorType();
    if (!type.shape().isFixed()) {
      return null;
    }
    // Not by way of double, which has no room for bounds such as the largest long.
    long[] values = content.stream().mapToLong(Dim::value).toArray();
    Tensor tensor =
        type.element() == ElementType.INT64
            ? Tensor.of(values)
            : Tensor.of(Arrays.stream(values).mapToInt(Math::toIntExact).toArray());
    return Value.constant(tensor.reshape(type.shape().fixed()));
  }
}
