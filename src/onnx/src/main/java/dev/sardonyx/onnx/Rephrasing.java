package dev.sardonyx.onnx;

import dev.sardonyx.ir.Choosing;
import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.Layout;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Reducing;
import dev.sardonyx.ir.Sizing;
import dev.sardonyx.ir.Slicing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says with an attribute or input that it got later, said without it: by the same
 * operator, and others, of older opsets. Only where an opset lacks the form.
 */
final class Rephrasing {
  private Rephrasing() {}

  /** The node's results said otherwise; null if there is no other way. */
  static @Nullable List<Value> of(Node node) {
    if (node.op() instanceof Reducing) {
      Value value = RephrasedReductions.of(node);
      return value == null ? null : List.of(value);
    }
    return switch (OpSchema.of(node.op()).type()) {
      case "AveragePool" -> RephrasedPooling.of(node);
      case "Equal" -> equal(node);
      case "Identity" -> List.of(node.input(0));
      case "Pad" -> RephrasedBorders.of(node);
      case "Reshape" -> reshape(node);
      case "Resize" -> RephrasedResize.of(node);
      case "ScatterElements", "ScatterND" -> RephrasedScatter.of(node);
      case "Shape" -> shape(node, (Sizing.Shape) node.op());
      case "Split" -> split(node, (Slicing.Split) node.op());
      default -> null;
    };
  }

  /** A part of the shape: a slice of the whole. */
  private static @Nullable List<Value> shape(Node node, Sizing.Shape op) {
    if (op.start() == 0 && op.end() == null) {
      return null;
    }
    long end = op.end() == null ? Long.MAX_VALUE : op.end();
    return List.of(node.input(0).shapeOf().slice(0, op.start(), end));
  }

  /** Equal parts, of which the last may be smaller: their sizes. */
  private static @Nullable List<Value> split(Node node, Slicing.Split op) {
    if (op.numOutputs() == null) {
      return null;
    }
    Value x = node.input(0);
    long parts = op.numOutputs();
    Value whole =
        op.axis() == -1
            ? x.shapeOf().slice(0, -1, Long.MAX_VALUE)
            : x.shapeOf().slice(0, op.axis(), op.axis() + 1);
    Dim extent = extent(x.shape(), op.axis());
    if (extent.isFixed()) {
      whole = Value.longs(extent.value());
    }
    Value size = whole.add(parts - 1.0).div(Value.longs(parts));
    Value last = whole.sub(size.mul(Value.longs(parts - 1)));
    Value first = size.expand(parts - 1);
    Value sizes = extent.isFixed() ? sizes(extent.value(), parts) : Value.concat(0, first, last);
    return Node.of(new Slicing.Split(op.axis(), null), List.of(x, sizes), (int) parts).outputs();
  }

  private static Value sizes(long whole, long parts) {
    long[] sizes = new long[(int) parts];
    long size = (whole + parts - 1) / parts;
    Arrays.fill(sizes, size);
    sizes[sizes.length - 1] = whole - size * (parts - 1);
    return Value.longs(sizes);
  }

  private static Dim extent(Shape shape, long axis) {
    return shape.isRanked() ? shape.dim((int) axis) : Dim.UNKNOWN;
  }

  /** A 0 that is an extent: the result has no elements. */
  private static @Nullable List<Value> reshape(Node node) {
    ElementType element = node.output().element();
    if (!((Layout.Reshape) node.op()).allowzero() || element == ElementType.STRING) {
      return null;
    }
    Value shape = node.input(1);
    Value nothing = Value.of(new Sizing.ConstantOfShape(Tensor.zeros(element, 1)), shape);
    List<Dim> known = shape.node().content();
    if (known != null && known.stream().anyMatch(d -> d.is(0))) {
      return List.of(nothing);
    }
    Value empty = shape.eq(0).cast(ElementType.INT64).sum().gt(0);
    Value x = node.input(0);
    return ControlFlow.branch(
        empty,
        () -> List.of(Value.of(new Sizing.ConstantOfShape(Tensor.zeros(element, 1)), shape)),
        () -> List.of(Value.of(new Layout.Reshape(false), x, shape)));
  }

  /** Strings are equal if both are the same of all that there are. */
  private static @Nullable List<Value> equal(Node node) {
    Value a = node.input(0);
    Value b = node.input(1);
    if (a.element() != ElementType.STRING) {
      return null;
    }
    Value all = Value.concat(0, a.reshape(-1), b.reshape(-1));
    Value which = Node.of(new Choosing.Unique(null, true), List.of(all), 4).outputs().get(2);
    Value size = a.sizeOf().reshape(1);
    Value end = Value.longs(Long.MAX_VALUE);
    Value first = Value.of(new Slicing.Slice(), which, Value.longs(0), size);
    Value second = Value.of(new Slicing.Slice(), which, size, end);
    return List.of(first.reshapeLike(a).eq(second.reshapeLike(b)));
  }
}
