package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node computes. Its methods, inherited from {@link Unary.Methods} and its like, make
 * further values from it: {@code x.mul(w).add(b).relu()}.
 *
 * <p>Values are compared by identity.
 */
public final class Value
    implements Unary.Methods,
        Broadcasting.Methods,
        Reduction.Methods,
        Shaping.Methods,
        Indexing.Methods,
        LinearAlgebra.Methods,
        Normalization.Methods {
  private final Node node;
  private final int index;

  Value(Node node, int index) {
    this.node = node;
    this.index = index;
  }

  /** A value given at every run. */
  public static Value input(String name, Type type) {
    return Node.of(new Leaf.Input(name, type)).output();
  }

  /** A trainable weight. */
  public static Value parameter(String name, Tensor tensor) {
    return parameter(name, tensor, true);
  }

  public static Value parameter(String name, Tensor tensor, boolean trainable) {
    return Node.of(new Leaf.Parameter(name, tensor, trainable)).output();
  }

  public static Value constant(Tensor tensor) {
    return Node.of(new Leaf.Constant(tensor)).output();
  }

  /** A scalar constant of the given type. */
  public static Value scalar(ElementType element, double value) {
    return constant(Tensor.scalar(element, value));
  }

  /** A constant int64 vector, as shapes and axes are given to operators. */
  public static Value longs(long... values) {
    return constant(Tensor.of(values));
  }

  /** Tensors joined along {@code axis}. */
  public static Value concat(long axis, Value... parts) {
    return of(new Slicing.Concat(axis), parts);
  }

  public static Value concat(long axis, List<Value> parts) {
    return concat(axis, parts.toArray(Value[]::new));
  }

  /** start, start + delta, … up to but not including limit: scalars of one numeric type. */
  public static Value range(Value start, Value limit, Value delta) {
    return of(new Sizing.Range(1), start, limit, delta);
  }

  /** Einstein's summation: {@code Value.einsum("bij,bjk->bik", a, b)} is a product of matrices. */
  public static Value einsum(String equation, Value... factors) {
    return of(new TensorAlgebra.Einsum(equation), factors);
  }

  /** Applies an operator with one result. */
  public static Value of(Op op, @Nullable Value... inputs) {
    return Node.of(op, inputs).output();
  }

  public Node node() {
    return node;
  }

  /** Which of the node's results this is. */
  public int index() {
    return index;
  }

  public Op op() {
    return node.op();
  }

  public Type type() {
    return node.types().get(index);
  }

  /** The type of a tensor; an {@link IllegalStateException} for a sequence, optional or map. */
  public TensorType tensorType() {
    if (type() instanceof TensorType tensor) {
      return tensor;
    }
    throw new IllegalStateException("a " + type() + " is no tensor");
  }

  @Override
  public ElementType element() {
    return tensorType().element();
  }

  public Shape shape() {
    return tensorType().shape();
  }

  /** The constant that this value is, or null. */
  public @Nullable Tensor constant() {
    return op() instanceof Leaf.Constant c ? c.tensor() : null;
  }

  /** The name that a user or a file gave this value, or null. */
  public @Nullable String name() {
    if (op() instanceof Leaf.Input input) {
      return input.name();
    }
    if (op() instanceof Leaf.Parameter parameter) {
      return parameter.name();
    }
    List<@Nullable String> names = node.names().outputs();
    return index < names.size() ? names.get(index) : null;
  }

  /** The same computation under a name. Leaves keep theirs. */
  public Value named(String name) {
    if (node.isLeaf() && !(op() instanceof Leaf.Constant)) {
      return this;
    }
    List<@Nullable String> names = new ArrayList<>(node.names().outputs());
    while (names.size() <= index) {
      names.add(null);
    }
    names.set(index, name);
    return node.withNames(node.names().withOutputs(names)).outputs().get(index);
  }

  @Override
  public Value self() {
    return this;
  }

  @Override
  public int hashCode() {
    return 31 * node.hashCode() + index;
  }

  @Override
  public String toString() {
    String name = name();
    return (name == null ? node.op().getClass().getSimpleName() : name) + ": " + type();
  }
}
