package dev.sardonyx.testkit;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.SequenceEditing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.Type;
import dev.sardonyx.runtime.Session;
import dev.sardonyx.runtime.SessionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Holds the gradients of a graph's floating-point inputs to central differences, {@code (f(x + h) -
 * f(x - h)) / 2h} for f the sum of the results times random cotangents.
 *
 * <p>Where f has a kink, one end of an interval of subgradients is its left derivative and the
 * other its right one; the gradient must lie between them, or, where several kinks meet, between
 * the slopes {@linkplain Nearby all around}. Where f jumps, or what goes in is not finite, there is
 * nothing to compare with. Both are reported.
 *
 * @param open how graphs are run
 * @param step h; more for elements so large that rounding would swallow it
 * @param tolerance how far the gradient may be from the difference, beside 1 + its magnitude
 * @param most of so many elements of each input, chosen at random, the derivative is taken
 */
public record Differences(Function<Graph, Session> open, double step, double tolerance, int most) {
  private static final SessionOptions ONE_THREAD =
      SessionOptions.defaults().withIntraOpThreads(1).withSpinning(false);

  /** For float64. */
  public static final Differences FINE =
      new Differences(g -> Evaluate.open(g, ONE_THREAD), 1e-5, 1e-6, Integer.MAX_VALUE);

  /** For float32. */
  public static final Differences WIDE =
      new Differences(g -> Evaluate.open(g, ONE_THREAD), 1e-2, 2e-2, Integer.MAX_VALUE);

  /**
   * What was found.
   *
   * @param elements how many derivatives were compared
   * @param kinks where the function has no derivative, and the gradient is a subgradient
   * @param jumps where the function is not continuous or not finite, and nothing was compared
   * @param gradients of the floating-point inputs, in order
   */
  public record Found(
      int elements, List<String> kinks, List<String> jumps, List<Tensor> gradients) {}

  /** As this one, of at most so many elements of each input. */
  public Differences atMost(int elements) {
    return new Differences(open, step, tolerance, elements);
  }

  /** As this one, with graphs run so. */
  public Differences with(Function<Graph, Session> way) {
    return new Differences(way, step, tolerance, most);
  }

  /** Throws an {@link AssertionError} that names the first element whose gradient is wrong. */
  public Found check(Graph graph, List<Tensor> data) {
    List<Tensor> cotangents = new ArrayList<>();
    List<Value> outputs = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    try (Session session = open.apply(graph)) {
      List<Tensor> results = List.copyOf(session.run(Evaluate.byName(graph, data)).values());
      for (int i = 0; i < results.size(); i++) {
        if (isMovable(graph.outputs().get(i))) {
          Tensor result = results.get(i);
          double[] values = random.doubles(result.size(), 0.5, 1.5).toArray();
          for (int k = 0; k < values.length; k++) {
            // What is infinite or not a number has no say.
            values[k] = Double.isFinite(result.getDouble(k)) ? values[k] : 0;
          }
          cotangents.add(Tensor.from(result.element(), values, result.dims()));
          outputs.add(graph.outputs().get(i));
        }
      }
    }
    List<Value> wrt = graph.inputs().stream().filter(Differences::isMovable).toList();
    if (wrt.isEmpty() || outputs.isEmpty()) {
      throw new AssertionError("there is no floating-point input and output to differentiate");
    }
    List<Tensor> gradients = run(gradient(graph, outputs, wrt), data, cotangents);
    Nearby nearby = new Nearby(open, graph, outputs, wrt, data, cotangents);
    List<String> kinks = new ArrayList<>();
    List<String> jumps = new ArrayList<>();
    int elements = 0;
    try (Weighted f = new Weighted(open, graph, outputs, data, cotangents)) {
      for (int k = 0; k < wrt.size(); k++) {
        int input = graph.inputs().indexOf(wrt.get(k));
        Tensor gradient = gradients.get(k);
        if (!data.get(input).type().equals(gradient.type())) {
          throw new AssertionError(
              "the gradient of input %s is %s, not %s"
                  .formatted(input, gradient.type(), data.get(input).type()));
        }
        for (int i : chosen(gradient, random)) {
          compare(f, nearby, input, i, gradient.getDouble(i), kinks, jumps);
          elements++;
        }
      }
    }
    return new Found(elements, kinks, jumps, gradients);
  }

  /** The gradient of a graph's floats as a graph, which takes the cotangents after the inputs. */
  public static Graph gradient(Graph graph) {
    List<Value> outputs = graph.outputs().stream().filter(Differences::isMovable).toList();
    List<Value> wrt = graph.inputs().stream().filter(Differences::isMovable).toList();
    return gradient(graph, outputs, wrt);
  }

  /** Elements of one sequence have a symbol in common that stands for other extents in each. */
  private static Type cotangentType(Value output, List<Value> outputs) {
    boolean element = outputs.stream().anyMatch(v -> v.op() instanceof SequenceEditing.SequenceAt);
    if (!element || !output.shape().isRanked()) {
      return output.type();
    }
    List<Dim> dims =
        output.shape().dims().stream().map(dim -> dim.isFixed() ? dim : Dim.UNKNOWN).toList();
    return output.tensorType().with(Shape.of(dims));
  }

  /** Floats of 8 and 4 bits are codes: there is no small step. */
  private static boolean isMovable(Value value) {
    return value.element().isFloat() && value.element().bits() >= 16;
  }

  private static Graph gradient(Graph graph, List<Value> outputs, List<Value> wrt) {
    List<Value> inputs = new ArrayList<>(graph.inputs());
    List<Value> cotangents = new ArrayList<>();
    for (Value output : outputs) {
      // Another name than in the gradient of which this may be the gradient.
      Value cotangent = Value.input("cotangent" + inputs.size(), cotangentType(output, outputs));
      cotangents.add(cotangent);
      inputs.add(cotangent);
    }
    List<Value> gradients = Gradients.of(outputs).wrt(wrt).with(cotangents).values();
    for (int k = 0; k < wrt.size(); k++) {
      if (!gradients.get(k).element().equals(wrt.get(k).element())) {
        throw new AssertionError("gradient " + k + " is " + gradients.get(k).type());
      }
    }
    List<String> names =
        IntStream.range(0, gradients.size()).mapToObj(k -> "gradient" + k).toList();
    return Graph.of("gradients", inputs, gradients, names);
  }

  private List<Tensor> run(Graph graph, List<Tensor> data, List<Tensor> cotangents) {
    List<Tensor> all = new ArrayList<>(data);
    all.addAll(cotangents);
    try (Session session = open.apply(graph)) {
      return List.copyOf(session.run(Evaluate.byName(graph, all)).values());
    }
  }

  private int[] chosen(Tensor tensor, SplittableRandom random) {
    int size = Math.toIntExact(tensor.size());
    return size <= most
        ? IntStream.range(0, size).toArray()
        : random.ints(0, size).distinct().limit(most).sorted().toArray();
  }

  private void compare(
      Weighted f,
      Nearby nearby,
      int input,
      int i,
      double given,
      List<String> kinks,
      List<String> jumps) {
    Slopes slopes = f.slopes(input, i, step);
    if (slopes.isMiddle(given, tolerance)) {
      return;
    }
    Slopes closer = f.slopes(input, i, step / 10);
    if (closer.isMiddle(given, tolerance)) {
      return;
    }
    String place =
        "input %s, element %s: gradient %s, slopes %s and %s"
            .formatted(input, i, given, closer.left(), closer.right());
    // Of a smooth function the gap shrinks with the step; a kink's stays, a jump's grows.
    double growth = closer.gap() / slopes.gap();
    if (slopes.isEdge() || Double.isInfinite(given)) {
      if (!closer.isEdge(given, slopes, tolerance)) {
        throw new AssertionError(place + ", at the edge of the domain");
      }
      kinks.add(place + ", at the edge of the domain");
    } else if (!f.isFinite(input, i)
        || Double.isNaN(given) && !f.isFinite()
        || slopes.isJump(closer, tolerance)) {
      jumps.add(place);
    } else if (growth > 0.5
        && closer.gap() > closer.off(tolerance)
        && closer.holds(given, tolerance)) {
      kinks.add(place);
    } else if (growth > 0.5
        && closer.gap() > closer.off(tolerance)
        && nearby.holds(input, i, given, step, tolerance)) {
      kinks.add(place + ", where several kinks meet");
    } else if (Math.abs(slopes.middle() - closer.middle()) > slopes.off(tolerance)) {
      throw new Unsettled(place + ", differences " + slopes.middle() + " and " + closer.middle());
    } else {
      throw new AssertionError(place + ", central difference " + slopes.middle());
    }
  }

  /** Thrown where the differences themselves are not as precise as the tolerance asks. */
  public static final class Unsettled extends AssertionError {
    private static final long serialVersionUID = 1L;

    Unsettled(String message) {
      super(message);
    }
  }

  /**
   * Difference quotients.
   *
   * @param noise what rounding may make of them
   */
  record Slopes(double left, double right, double middle, double noise) {
    /** How far a gradient may be from the middle. */
    double off(double tolerance) {
      return tolerance * (1 + Math.abs(middle)) + noise;
    }

    boolean isMiddle(double slope, double tolerance) {
      return Math.abs(slope - middle) <= off(tolerance);
    }

    boolean holds(double slope, double tolerance) {
      double off = off(tolerance);
      return slope >= Math.min(left, right) - off && slope <= Math.max(left, right) + off;
    }

    double gap() {
      return Math.abs(right - left);
    }

    /** Whether the function exists on one side only. */
    boolean isEdge() {
      return Double.isNaN(left) != Double.isNaN(right)
          && !Double.isInfinite(left)
          && !Double.isInfinite(right);
    }

    /** Whether the function jumps here, into another shape perhaps, or exists nowhere beside. */
    boolean isJump(Slopes closer, double tolerance) {
      boolean gone = Double.isNaN(left) && Double.isNaN(right);
      boolean infinite = Double.isInfinite(left) || Double.isInfinite(right);
      boolean apart = closer.gap() > 2 * gap() && gap() > off(tolerance);
      boolean steep =
          Math.abs(closer.middle) > 5 * Math.abs(middle) && Math.abs(middle) > off(tolerance) + 10;
      return gone || infinite || apart || steep;
    }

    /** Whether a slope is that of the one side, or infinite where that grows without limit. */
    boolean isEdge(double slope, Slopes farther, double tolerance) {
      double side = Double.isFinite(left) ? left : right;
      double before = Double.isFinite(left) ? farther.left : farther.right;
      double off = tolerance * (1 + Math.abs(side)) + 10 * Math.abs(side - before) + noise;
      return Double.isInfinite(slope)
          ? Math.abs(side) > 2 * Math.abs(before) && side * slope > 0
          : Math.abs(slope - side) <= off;
    }
  }

  /** How far apart numbers near 1 lie. */
  static double epsilon(ElementType floats) {
    return switch (floats) {
      case FLOAT64 -> 0x1p-52;
      case FLOAT32 -> 0x1p-23;
      case FLOAT16 -> 0x1p-10;
      default -> 0x1p-7;
    };
  }
}
