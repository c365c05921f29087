package dev.sardonyx.onnx;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Resizing of some axes, and to the largest size of the picture's own proportions. */
final class RephrasedResize {
  private static final String AXES = "axes";
  private static final String POLICY = "keep_aspect_ratio_policy";

  private final Map<String, Object> attributes;
  private final Value x;
  private final int rank;
  private final @Nullable Value[] inputs = new Value[4];

  private RephrasedResize(Node node) {
    this.attributes = new LinkedHashMap<>(OpSchema.of(node.op()).attributesOf(node.op()));
    this.x = node.input(0);
    this.rank = x.shape().rank();
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = node.hasInput(i) ? node.input(i) : null;
    }
  }

  static @Nullable List<Value> of(Node node) {
    if (!node.input(0).shape().isRanked()) {
      return null;
    }
    RephrasedResize resize = new RephrasedResize(node);
    boolean changed = resize.attributes.containsKey(POLICY) || resize.attributes.containsKey(AXES);
    if (!changed || !resize.proportions()) {
      return null;
    }
    resize.allAxes();
    return List.of(
        Node.of(OpSchema.of(node.op()).create(resize.attributes), resize.inputs).output());
  }

  private long[] axes() {
    return attributes.get(AXES) instanceof List<?> list && !list.isEmpty()
        ? list.stream().mapToLong(a -> ((Long) a + rank) % rank).toArray()
        : LongStream.range(0, rank).toArray();
  }

  private void allAxes() {
    if (attributes.containsKey(AXES)) {
      FullAxes full = new FullAxes(rank, Value.longs(axes()));
      attributes.remove(AXES);
      if (inputs[1] != null) {
        float[] whole = new float[2 * rank];
        Arrays.fill(whole, rank, 2 * rank, 1);
        inputs[1] = full.two(Value.constant(Tensor.of(whole)).cast(inputs[1].element()), inputs[1]);
      }
      if (inputs[2] != null) {
        inputs[2] = full.one(Value.constant(Tensor.full(ElementType.FLOAT32, 1, rank)), inputs[2]);
      }
      if (inputs[3] != null) {
        Shape shape = x.shape();
        Value own = shape.isFixed() ? Value.longs(shape.fixed()) : x.shapeOf();
        inputs[3] = full.one(own, inputs[3]);
      }
    }
  }

  /**
   * The one scale of all axes is the smallest or the largest of those that the sizes ask for. False
   * if it is not known, or if as a scale it would give other sizes.
   */
  private boolean proportions() {
    Object policy = attributes.remove(POLICY);
    if (policy == null || inputs[3] == null) {
      return true;
    }
    long[] sizes = FullAxes.known(inputs[3]);
    long[] axes = axes();
    if (sizes == null || sizes.length != axes.length) {
      return false;
    }
    double[] ratios = new double[axes.length];
    for (int i = 0; i < axes.length; i++) {
      Dim extent = x.shape().dim((int) axes[i]);
      if (!extent.isFixed() || extent.is(0)) {
        return false;
      }
      ratios[i] = sizes[i] / (double) extent.value();
    }
    boolean larger = policy.equals("not_smaller");
    float scale =
        (float) (larger ? Arrays.stream(ratios).max() : Arrays.stream(ratios).min()).orElse(1);
    for (long axis : axes) {
      long extent = x.shape().dim((int) axis).value();
      long wanted = (long) Math.floor((double) scale * extent + 0.5);
      if ((long) Math.floor((double) (scale * extent)) != wanted) {
        return false;
      }
    }
    inputs[2] = Value.constant(Tensor.full(ElementType.FLOAT32, scale, axes.length));
    inputs[3] = null;
    return true;
  }
}
