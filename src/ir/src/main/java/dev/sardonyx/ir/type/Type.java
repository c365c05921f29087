package dev.sardonyx.ir.type;

import org.jspecify.annotations.Nullable;

/** The type of a value: a tensor, or one of ONNX's containers of values. */
public sealed interface Type permits TensorType, Type.Sequence, Type.Optional, Type.Map {
  /**
   * The narrowest type that values of both types have: extents that differ are unknown, and so is
   * the rank where ranks differ. What may be absent admits what is there. Null where element types
   * or kinds differ.
   */
  default @Nullable Type join(Type other) {
    if (this instanceof Optional a) {
      Type inside = a.element().join(other instanceof Optional b ? b.element() : other);
      return inside == null ? null : new Optional(inside);
    }
    if (other instanceof Optional) {
      return other.join(this);
    }
    if (this instanceof TensorType a && other instanceof TensorType b) {
      return a.element() == b.element() ? a.with(a.shape().join(b.shape())) : null;
    }
    if (this instanceof Sequence a && other instanceof Sequence b) {
      Type inside = a.element().join(b.element());
      return inside == null ? null : new Sequence(inside);
    }
    if (this instanceof Map a && other instanceof Map b && a.key() == b.key()) {
      Type inside = a.value().join(b.value());
      return inside == null ? null : new Map(a.key(), inside);
    }
    return null;
  }

  /** Whether a value of the other type has this type too. */
  default boolean admits(Type other) {
    return equals(join(other));
  }

  /** This type with nothing said of the shapes of tensors. */
  default Type withoutShapes() {
    if (this instanceof TensorType tensor) {
      return tensor.with(Shape.UNRANKED);
    }
    if (this instanceof Sequence sequence) {
      return new Sequence(sequence.element().withoutShapes());
    }
    if (this instanceof Optional optional) {
      return new Optional(optional.element().withoutShapes());
    }
    Map map = (Map) this;
    return new Map(map.key(), map.value().withoutShapes());
  }

  /** A list of values of one type. */
  record Sequence(Type element) implements Type {
    @Override
    public String toString() {
      return "seq(" + element + ")";
    }
  }

  /** A value that may be absent. */
  record Optional(Type element) implements Type {
    @Override
    public String toString() {
      return "optional(" + element + ")";
    }
  }

  /** A dictionary from integers or strings to values. */
  record Map(ElementType key, Type value) implements Type {
    @Override
    public String toString() {
      return "map(" + key + "," + value + ")";
    }
  }
}
