package dev.sardonyx.ir;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operator is told when it computes the types of its results. */
public final class Inference {
  /** As many results as the operator itself decides on. */
  public static final int ANY_NUMBER = -1;

  private final Op op;
  private final List<@Nullable Value> inputs;
  private final int outputs;
  private final Location at;

  Inference(Op op, List<@Nullable Value> inputs, int outputs, Location at) {
    this.op = op;
    this.inputs = inputs;
    this.outputs = outputs;
    this.at = at;
  }

  /** Checks what the schema says of the inputs, then asks the operator. */
  List<Type> run() {
    schema().check(this);
    try {
      return op.infer(this);
    } catch (ArithmeticException e) {
      throw outOfRange("makes", e).exception(e);
    }
  }

  /** What arithmetic on dimensions that has no result refuses. */
  Diagnostic outOfRange(String verb, ArithmeticException e) {
    boolean large = String.valueOf(e.getMessage()).contains("overflow");
    return diagnostic(
        "SHAPE-001",
        verb + (large ? " a dimension of more than 64 bits" : " a dimension by dividing by 0"),
        large
            ? "look for a pad, a repeat or an extent that is far too large"
            : "no divisor may be 0");
  }

  public OpSchema schema() {
    return OpSchema.of(op.getClass());
  }

  Op op() {
    return op;
  }

  /** The number of inputs up to the last present one, captures of bodies among them. */
  public int size() {
    return inputs.size();
  }

  /** How many results are asked for, or {@link #ANY_NUMBER}. */
  public int outputs() {
    return outputs;
  }

  public boolean has(int i) {
    return i < inputs.size() && inputs.get(i) != null;
  }

  /** Input {@code i}, which must be present. */
  public Value value(int i) {
    Value value = i < inputs.size() ? inputs.get(i) : null;
    if (value == null) {
      throw fail("GRAPH-001", "misses its input " + schema().inputName(i), "give that input");
    }
    return value;
  }

  /** The type of input {@code i}, which must be a tensor. */
  public TensorType type(int i) {
    if (value(i).type() instanceof TensorType tensor) {
      return tensor;
    }
    throw fail(
        "TYPE-001",
        "takes a tensor as " + schema().inputName(i) + ", got " + value(i).type(),
        "take the tensor out of its container first");
  }

  public Shape shape(int i) {
    return type(i).shape();
  }

  public ElementType element(int i) {
    return type(i).element();
  }

  /** The constant that input {@code i} is, or null. */
  public @Nullable Tensor constant(int i) {
    return has(i) ? value(i).constant() : null;
  }

  /** What is known of the elements of the integer input {@code i}, in symbols; or null. */
  public @Nullable List<Dim> content(int i) {
    return has(i) ? value(i).node().content() : null;
  }

  /** The elements of the integer input {@code i} where all of them are numbers; or null. */
  public long @Nullable [] longs(int i) {
    List<Dim> content = content(i);
    return content != null && content.stream().allMatch(Dim::isFixed)
        ? content.stream().mapToLong(Dim::value).toArray()
        : null;
  }

  /** {@code axis} as an index into {@code rank} axes; refused outside {@code [-rank, rank)}. */
  public int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw fail(
          "SHAPE-002",
          "has axis %s for a tensor of rank %s".formatted(axis, rank),
          "an axis lies between -rank and rank - 1");
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** The shape that all inputs from {@code first} on broadcast to, by NumPy's rule. */
  public Shape broadcast(int first) {
    Shape result = shape(first);
    for (int i = first + 1; i < size(); i++) {
      result = broadcast(result, shape(i));
    }
    return result;
  }

  /** The shape that two shapes broadcast to. */
  public Shape broadcast(Shape a, Shape b) {
    if (!a.isRanked() || !b.isRanked()) {
      return Shape.UNRANKED;
    }
    int rank = Math.max(a.rank(), b.rank());
    List<Dim> dims = new ArrayList<>(rank);
    for (int i = rank; i > 0; i--) {
      Dim x = i <= a.rank() ? a.dim(-i) : Dim.ONE;
      Dim y = i <= b.rank() ? b.dim(-i) : Dim.ONE;
      dims.add(broadcast(x, y));
    }
    return Shape.of(dims);
  }

  private Dim broadcast(Dim x, Dim y) {
    if (x.is(1) || x.equals(y)) {
      return y;
    }
    if (y.is(1)) {
      return x;
    }
    if (x.isFixed() && y.isFixed()) {
      throw fail(
          "SHAPE-003",
          "cannot broadcast %s against %s".formatted(x, y),
          "aligned from the right, two dimensions must be equal or one of them 1");
    }
    // A fixed extent other than 1 settles it: the symbol must turn out to be it, or 1.
    return x.isFixed() ? x : y.isFixed() ? y : Dim.UNKNOWN;
  }

  /** Refuses inputs from {@code first} on whose element types differ. */
  public void sameElements(int first) {
    for (int i = first + 1; i < size(); i++) {
      if (has(i) && element(i) != element(first)) {
        throw fail(
            "TYPE-002",
            "needs inputs of one element type, got %s and %s".formatted(element(first), element(i)),
            "cast one of them; ONNX converts nothing by itself");
      }
    }
  }

  /** The refusal of these inputs; {@code message} continues the operator's name. */
  public DiagnosticException fail(String code, String message, String help) {
    return diagnostic(code, message, help).exception();
  }

  private Diagnostic diagnostic(String code, String message, String help) {
    return new Diagnostic(code, schema().type() + " " + message, at, received(), help);
  }

  /** The inputs' names and types. */
  String received() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (has(i)) {
        parts.add(schema().inputName(i) + ": " + value(i).type());
      }
    }
    return parts.isEmpty() ? "no inputs" : String.join("   ", parts);
  }
}
