package dev.sardonyx.testkit;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Inference;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.text.GraphText;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One row of the operator tests: {@code OpCase.of(new LeakyRelu(0.1f)).inputs(f32(3, 4))}.
 *
 * <p>Random data are a function of the row's text, so that rows do not disturb each other.
 */
public final class OpCase {
  /** What the operator gets of an argument's tensors. */
  enum Form {
    TENSOR,
    /** A sequence of them. */
    SEQUENCE,
    /** An optional that holds the one. */
    OPTIONAL,
    /** Something else, of which there is only the type: such rows do not run. */
    ELSE
  }

  /**
   * One input: data, and how the graph has it.
   *
   * @param tensors the data: one tensor, or those of a sequence
   * @param constant a constant, which shape inference can see, instead of a graph input
   * @param type of what is no tensor
   */
  public record Argument(List<Tensor> tensors, boolean constant, Form form, @Nullable Type type) {
    public Argument(Tensor tensor, boolean constant) {
      this(List.of(tensor), constant, Form.TENSOR, null);
    }

    public Tensor tensor() {
      return tensors.get(0);
    }
  }

  /** Makes an argument from the row's stream of random numbers. */
  @FunctionalInterface
  public interface Source {
    Argument draw(SplittableRandom random);
  }

  private final Op op;
  private final List<@Nullable Source> sources = new ArrayList<>();
  private String note = "";
  private int outputs = Inference.ANY_NUMBER;
  private @Nullable String fixedShapesOnly;
  private @Nullable String randomResult;
  private @Nullable String float32Only;
  private @Nullable String notRun;
  private @Nullable String notTwice;
  private List<Tensor> expected = List.of();

  private OpCase(Op op) {
    this.op = op;
  }

  public static OpCase of(Op op) {
    return new OpCase(op);
  }

  /** The inputs in order; null is an absent optional one. */
  public OpCase inputs(@Nullable Source... inputs) {
    sources.addAll(Arrays.asList(inputs));
    return this;
  }

  /** Tells rows of one operator apart. */
  public OpCase note(String text) {
    note = text;
    return this;
  }

  /** How many outputs to ask of an operator that leaves it open. */
  public OpCase outputs(int count) {
    outputs = count;
    return this;
  }

  /** The row is not run with symbolic shapes, because of {@code reason}. */
  public OpCase fixedShapesOnly(String reason) {
    fixedShapesOnly = reason;
    return this;
  }

  /** The gradient is compared in float32, because of {@code reason}. */
  public OpCase float32Only(String reason) {
    float32Only = reason;
    return this;
  }

  /** The gradient of the gradient is not compared, because of {@code reason}. */
  public OpCase notTwice(String reason) {
    notTwice = reason;
    return this;
  }

  /** The results, known from elsewhere. */
  public OpCase expects(Tensor... results) {
    expected = List.of(results);
    return this;
  }

  /** Only the type of the result is a function of the inputs. */
  public OpCase randomResult(String reason) {
    randomResult = reason;
    return this;
  }

  /** ONNX Runtime cannot be asked about the row, because of {@code reason}. */
  public OpCase notRun(String reason) {
    notRun = reason;
    return this;
  }

  public boolean runs() {
    return notRun == null;
  }

  public Op op() {
    return op;
  }

  public boolean runsWithSymbols() {
    return fixedShapesOnly == null;
  }

  public boolean runsInFloat64() {
    return float32Only == null;
  }

  public boolean isTwiceDifferentiable() {
    return notTwice == null;
  }

  /** The results, where the row says them, or nothing. */
  public List<Tensor> expected() {
    return expected;
  }

  public boolean isRandom() {
    return randomResult != null;
  }

  /** The arguments of this row; null where an optional input is absent. */
  public List<@Nullable Argument> draw() {
    SplittableRandom random = new SplittableRandom(toString().hashCode());
    List<@Nullable Argument> arguments = new ArrayList<>();
    for (Source source : sources) {
      arguments.add(source == null ? null : source.draw(random));
    }
    return Collections.unmodifiableList(arguments);
  }

  /**
   * The operator applied to {@code inputs}, the bodies of it in these floats instead of float32.
   */
  public Node apply(List<@Nullable Value> inputs, ElementType floats) {
    Op typed = OpSchema.of(op).withBodies(op, body -> body.map(g -> in(floats, g)));
    return Node.of(typed, inputs, outputs);
  }

  private static Graph in(ElementType floats, Graph graph) {
    return floats == ElementType.FLOAT32
        ? graph
        : GraphText.parse(GraphText.print(graph).replace("float32", floats.toString()), "row");
  }

  @Override
  public String toString() {
    OpSchema schema = OpSchema.of(op);
    String attributes = schema.attributesOf(op).toString();
    return schema.type()
        + (attributes.equals("{}") ? "" : attributes)
        + (note.isEmpty() ? "" : " " + note);
  }

  // --- data ---

  /** Float32 numbers between -2 and 2, none of them near 0, 1 or each other's kinks. */
  public static Source f32(long... dims) {
    return uniform(-2, 2, dims);
  }

  /** Float32 numbers between {@code low} and {@code high}. */
  public static Source uniform(double low, double high, long... dims) {
    return random -> {
      int size = (int) Arrays.stream(dims).reduce(1, Math::multiplyExact);
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        values[i] = awayFromKinks(low + random.nextDouble() * (high - low));
      }
      return new Argument(Tensor.from(ElementType.FLOAT32, values, dims), false);
    };
  }

  /** Steps and kinks of the common functions lie at multiples of 1/2. */
  private static double awayFromKinks(double value) {
    double nearest = Math.rint(value * 2) / 2;
    return Math.abs(value - nearest) < 0.03 ? nearest + 0.05 : value;
  }

  /** Distinct float32 numbers in random order, far enough apart that small changes swap none. */
  public static Source distinct(long... dims) {
    return random -> {
      int size = (int) Arrays.stream(dims).reduce(1, Math::multiplyExact);
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        int j = random.nextInt(i + 1);
        values[i] = values[j];
        values[j] = 0.13 * i - 0.065 * size + 0.03;
      }
      return new Argument(Tensor.from(ElementType.FLOAT32, values, dims), false);
    };
  }

  /** Int64 numbers in {@code [low, high)}. */
  public static Source i64(long low, long high, long... dims) {
    return random -> {
      int size = (int) Arrays.stream(dims).reduce(1, Math::multiplyExact);
      double[] values = random.longs(size, low, high).mapToDouble(v -> v).toArray();
      return new Argument(Tensor.from(ElementType.INT64, values, dims), false);
    };
  }

  /** Random booleans. */
  public static Source bool(long... dims) {
    return random -> {
      int size = (int) Arrays.stream(dims).reduce(1, Math::multiplyExact);
      double[] values = random.ints(size, 0, 2).mapToDouble(v -> v).toArray();
      return new Argument(Tensor.from(ElementType.BOOL, values, dims), false);
    };
  }

  /** Just these data, given at run time. */
  public static Source data(Tensor tensor) {
    return random -> new Argument(tensor, false);
  }

  /** A constant of the graph. */
  public static Source constant(Tensor tensor) {
    return random -> new Argument(tensor, true);
  }

  /** The sequence of these. */
  public static Source sequence(Source... parts) {
    return random -> {
      List<Tensor> tensors = Arrays.stream(parts).map(part -> part.draw(random).tensor()).toList();
      return new Argument(tensors, false, Form.SEQUENCE, null);
    };
  }

  /** An optional that holds this. */
  public static Source optional(Source source) {
    return random -> new Argument(source.draw(random).tensors(), false, Form.OPTIONAL, null);
  }

  /** An input of this type, for a row that does not run. */
  public static Source typed(Type type) {
    return random -> new Argument(List.of(), false, Form.ELSE, type);
  }

  /** A constant int64 vector, such as axes or a shape. */
  public static Source longs(long... values) {
    return constant(Tensor.of(values));
  }
}
