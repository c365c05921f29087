package dev.sardonyx.ir;

import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One application of an operator. Identity is what distinguishes nodes. */
public final class Node {
  /** Longer vectors do not describe shapes. */
  private static final int MAX_CONTENT = 64;

  private static final AtomicLong SERIALS = new AtomicLong();

  private final long serial = nextSerial();
  private final Op op;
  private final List<@Nullable Value> inputs;
  private final List<Type> types;
  private final Location at;
  private final Names names;
  private final List<Value> outputs;
  private final @Nullable List<Dim> content;

  /**
   * What a file or a user calls a node and its outputs, null where nobody has named them, and what
   * else they say of it. Names do not take part in what a node computes.
   *
   * @param metadata properties of the node, in their order
   */
  public record Names(
      @Nullable String node,
      List<@Nullable String> outputs,
      @Nullable String docString,
      Map<String, String> metadata) {
    public static final Names NONE = new Names(null, List.of(), null);

    public Names {
      outputs = Collections.unmodifiableList(new ArrayList<>(outputs));
      metadata =
          metadata.isEmpty()
              ? Map.of()
              : Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    public Names(
        @Nullable String node, List<@Nullable String> outputs, @Nullable String docString) {
      this(node, outputs, docString, Map.of());
    }

    /** The same with other names for the outputs. */
    public Names withOutputs(List<@Nullable String> newOutputs) {
      return new Names(node, newOutputs, docString, metadata);
    }

    public static Names ofOutput(String name) {
      return new Names(null, List.of(name), null);
    }
  }

  private Node(Op op, List<@Nullable Value> inputs, Inference inference, Location at, Names names) {
    this.op = op;
    this.inputs = inputs;
    this.at = at;
    this.names = names;
    this.types = List.copyOf(inference.run());
    List<Value> values = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      values.add(new Value(this, i));
    }
    this.outputs = List.copyOf(values);
    this.content = contentOf(inference);
  }

  /** Applies {@code op} at the current {@link Location}; null inputs are absent optional ones. */
  public static Node of(Op op, @Nullable Value... inputs) {
    return of(op, Arrays.asList(inputs), Inference.ANY_NUMBER, Names.NONE, Location.current());
  }

  /** Applies {@code op} with as many outputs as {@code outputs} says, at the current location. */
  public static Node of(Op op, List<? extends @Nullable Value> inputs, int outputs) {
    return of(op, inputs, outputs, Names.NONE, Location.current());
  }

  /**
   * Applies {@code op}.
   *
   * @param outputs how many results are asked of an operator whose number of results varies, else
   *     {@link Inference#ANY_NUMBER}
   */
  public static Node of(
      Op op, List<? extends @Nullable Value> inputs, int outputs, Names names, Location at) {
    List<@Nullable Value> trimmed = new ArrayList<>(inputs);
    while (!trimmed.isEmpty() && trimmed.get(trimmed.size() - 1) == null) {
      trimmed.remove(trimmed.size() - 1);
    }
    List<@Nullable Value> copy = Collections.unmodifiableList(trimmed);
    return new Node(op, copy, new Inference(op, copy, outputs, at), at, names);
  }

  /** The same operator on other inputs, keeping names and location. */
  public Node withInputs(List<? extends @Nullable Value> newInputs) {
    return of(op, newInputs, types.size(), names, at);
  }

  /** Another operator on the same inputs, keeping names and location; this node if it is equal. */
  public Node withOp(Op newOp) {
    return newOp.equals(op) ? this : of(newOp, inputs, types.size(), names, at);
  }

  public Node withNames(Names newNames) {
    return of(op, inputs, types.size(), newNames, at);
  }

  private @Nullable List<Dim> contentOf(Inference inference) {
    if (op instanceof Leaf.Constant c) {
      return contentOf(c.tensor());
    }
    boolean integers =
        types.size() == 1
            && types.get(0) instanceof TensorType t
            && (t.element() == ElementType.INT64 || t.element() == ElementType.INT32);
    if (!integers || !(op instanceof ShapeOnly shaped)) {
      return null;
    }
    try {
      List<Dim> folded = shaped.fold(inference);
      return folded == null || folded.size() > MAX_CONTENT ? null : List.copyOf(folded);
    } catch (ArithmeticException e) {
      throw inference.outOfRange("computes", e).exception(e);
    }
  }

  private static @Nullable List<Dim> contentOf(Tensor tensor) {
    boolean shapeLike =
        (tensor.element() == ElementType.INT64 || tensor.element() == ElementType.INT32)
            && tensor.shape().rank() <= 1
            && tensor.size() <= MAX_CONTENT;
    return shapeLike ? Arrays.stream(tensor.toLongArray()).mapToObj(Dim::of).toList() : null;
  }

  static long nextSerial() {
    return SERIALS.incrementAndGet();
  }

  /** Grows from node to node as they are made. */
  long serial() {
    return serial;
  }

  public Op op() {
    return op;
  }

  /** How many of the last inputs are values that the operator's {@link Body bodies} capture. */
  public int captures() {
    List<Body> bodies = OpSchema.of(op).bodiesOf(op);
    return bodies.isEmpty() ? 0 : bodies.get(0).captures();
  }

  /** The inputs in the operator's order; null where an optional one is absent. */
  public List<@Nullable Value> inputs() {
    return inputs;
  }

  /** Input {@code i}; an {@link IllegalStateException} if it is absent. */
  public Value input(int i) {
    Value value = i < inputs.size() ? inputs.get(i) : null;
    if (value == null) {
      throw new IllegalStateException(op + " has no input " + i);
    }
    return value;
  }

  public boolean hasInput(int i) {
    return i < inputs.size() && inputs.get(i) != null;
  }

  public List<Type> types() {
    return types;
  }

  public List<Value> outputs() {
    return outputs;
  }

  public Value output() {
    return outputs.get(0);
  }

  public Location at() {
    return at;
  }

  public Names names() {
    return names;
  }

  public boolean isLeaf() {
    return op instanceof Leaf;
  }

  /** What is known of the elements of an integer scalar or vector result, in symbols; or null. */
  public @Nullable List<Dim> content() {
    return content;
  }

  /** Of the identity, so that equals agrees; the same in every run of a program. */
  @Override
  public int hashCode() {
    return Long.hashCode(serial);
  }

  @Override
  public String toString() {
    return op + " -> " + types;
  }
}
