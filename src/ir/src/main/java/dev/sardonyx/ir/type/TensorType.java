package dev.sardonyx.ir.type;

/**
 * A tensor's element type and shape, written {@code float32[N,3,28,28]}; {@code float32[]} is a
 * scalar and {@code float32[*]} a tensor of unknown rank.
 */
public record TensorType(ElementType element, Shape shape) implements Type {
  public static TensorType of(ElementType element, long... dims) {
    return new TensorType(element, Shape.of(dims));
  }

  /** The type of a single number. */
  public static TensorType scalar(ElementType element) {
    return new TensorType(element, Shape.SCALAR);
  }

  public static TensorType of(ElementType element, Dim... dims) {
    return new TensorType(element, Shape.of(dims));
  }

  /** The type that {@code text}, in the form of {@link #toString}, describes. */
  public static TensorType parse(String text) {
    int open = text.indexOf('[');
    if (open < 0 || !text.endsWith("]")) {
      throw new IllegalArgumentException(
          "a tensor type looks like float32[N,3], got \"" + text + "\"");
    }
    return new TensorType(
        ElementType.parse(text.substring(0, open)), Shape.parse(text.substring(open)));
  }

  public TensorType with(Shape newShape) {
    return new TensorType(element, newShape);
  }

  public TensorType with(ElementType newElement) {
    return new TensorType(newElement, shape);
  }

  @Override
  public String toString() {
    return element.toString() + shape;
  }
}
