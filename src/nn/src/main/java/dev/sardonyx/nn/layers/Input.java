package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An input of a model. The batch is its first dimension, {@code N}, and is not written. */
public final class Input extends SymbolicTensor {
  private static final Dim BATCH = Dim.symbol("N");

  private final @Nullable String name;

  private Input(TensorType type, @Nullable String name) {
    super(null, 0, type);
    this.name = name;
  }

  /** Float data of this shape, without the batch: {@code input(28, 28, 1)}. */
  public static Input input(long... dims) {
    return input(Shape.of(dims));
  }

  /** Float data of a shape that may have symbols: {@code input(Shape.parse("[T,8]"))}. */
  public static Input input(Shape shape) {
    List<Dim> dims = new ArrayList<>(List.of(BATCH));
    dims.addAll(shape.dims());
    return new Input(new TensorType(ElementType.FLOAT32, Shape.of(dims)), null);
  }

  /**
   * Data like those of {@code type}, whose first dimension is a batch of whatever size; refused
   * without one.
   */
  public static Input of(TensorType type) {
    if (!type.shape().isRanked() || type.shape().rank() == 0) {
      throw new Diagnostic(
              "NN-029",
              "an input of a model has a batch as its first axis, got " + type,
              Location.current(),
              "input: " + type,
              "export the network with a batch, or use its graph without a model")
          .exception();
    }
    List<Dim> dims = type.shape().dims();
    return input(Shape.of(dims.subList(1, dims.size()))).as(type.element());
  }

  /** Data of this type as it is, whose batch may have one size. */
  public static Input ofBatch(TensorType type) {
    return new Input(type, null);
  }

  /** The same input under a name of your own; the default is Keras's {@code input_layer}. */
  public Input named(String newName) {
    return new Input(type(), newName);
  }

  /** The same input with another element type; the default is float32. */
  public Input as(ElementType element) {
    return new Input(type().with(element), name);
  }

  /** The name that was given, or null. */
  public @Nullable String name() {
    return name;
  }
}
