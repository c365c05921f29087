package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** The same elements of each sample in another shape. */
public final class Reshape extends SingleInputLayer {
  private List<Long> targetShape = List.of();

  Reshape() {}

  /**
   * @param targetShape the new shape without the batch; one dimension may be -1, which then follows
   *     from the others
   */
  public static Reshape reshape(long... targetShape) {
    Reshape made = new Reshape();
    made.targetShape = made.checked(Arrays.stream(targetShape).boxed().toList());
    return made;
  }

  private List<Long> checked(List<Long> shape) {
    boolean wrong = shape.stream().anyMatch(d -> d < -1 || d == 0);
    if (wrong || shape.stream().filter(d -> d == -1).count() > 1) {
      throw Allowed.refusal(
          this,
          "target_shape",
          "positive numbers, one of which may be -1",
          shape,
          "the batch is not part of it");
    }
    return shape;
  }

  @Override
  protected Value call(Call call, Value x) {
    check(x.tensorType());
    // ONNX copies the dimension for a 0: the batch stays, whatever it is.
    LongStream sample = targetShape.stream().mapToLong(d -> d);
    return x.reshape(LongStream.concat(LongStream.of(0), sample).toArray());
  }

  private void check(TensorType input) {
    int rank = Axes.rankAtLeast(this, input, 1);
    Dim size = Shape.of(input.shape().dims().subList(1, rank)).size();
    if (!size.isFixed()) {
      return;
    }
    boolean open = targetShape.contains(-1L);
    long target = targetShape.stream().filter(d -> d != -1).reduce(1L, Math::multiplyExact);
    if (open ? size.value() % target != 0 : size.value() != target) {
      throw refuse(
          "NN-018",
          "cannot give samples of %s elements the shape %s".formatted(size, targetShape),
          input,
          "the shape's dimensions must multiply to the number of elements of a sample");
    }
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    targetShape = checked(config.integers("target_shape", targetShape));
  }
}
