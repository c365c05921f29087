package dev.sardonyx.ir.type;

/** The type of a value: a tensor, or one of ONNX's containers of values. */
public sealed interface Type permits TensorType, Type.Sequence, Type.Optional, Type.Map {
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
