package dev.sardonyx.compiler;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.StraightThrough;
import dev.sardonyx.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gradients by reverse mode: {@code Gradients.of(loss).wrt(w, b).values()}, or of a whole graph
 * {@code Gradients.of(graph).wrt("w", "b").graph()}.
 *
 * <p>The result is ordinary values made of ordinary operators, so that gradients of gradients need
 * nothing more. Only what was asked for is computed.
 */
public final class Gradients {
  private final List<Value> outputs;
  private final List<Value> wrt;

  /** Null for ones, which not every value has. */
  private final @Nullable List<Value> cotangents;

  private final boolean straight;
  private final Checkpointing checkpointing;

  private Gradients(
      List<Value> outputs,
      List<Value> wrt,
      @Nullable List<Value> cotangents,
      boolean straight,
      Checkpointing checkpointing) {
    this.outputs = outputs;
    this.wrt = wrt;
    this.cotangents = cotangents;
    this.straight = straight;
    this.checkpointing = checkpointing;
  }

  /** Gradients of these values; their {@link #with cotangents} are ones unless they are given. */
  public static Gradients of(Value... outputs) {
    return of(Arrays.asList(outputs));
  }

  public static Gradients of(List<Value> outputs) {
    return new Gradients(outputs, List.of(), null, false, Checkpointing.none());
  }

  /** With respect to these values, inputs, parameters or intermediate ones. */
  public Gradients wrt(Value... values) {
    return wrt(Arrays.asList(values));
  }

  public Gradients wrt(List<Value> values) {
    return new Gradients(outputs, values, cotangents, straight, checkpointing);
  }

  /** For each output the gradient of the final quantity with respect to it, of the same shape. */
  public Gradients with(List<Value> newCotangents) {
    if (newCotangents.size() != outputs.size()) {
      throw new IllegalArgumentException(
          "%s cotangents for %s outputs".formatted(newCotangents.size(), outputs.size()));
    }
    return new Gradients(outputs, wrt, newCotangents, straight, checkpointing);
  }

  /**
   * With gradients that pass through what is quantized and dequantized at once as if nothing had
   * been rounded, where it was not clipped either; see {@link StraightThrough}. Without this no
   * gradient flows there: a step has the gradient 0 wherever it has one.
   */
  public Gradients straightThrough() {
    return straightThrough(true);
  }

  /** Whether gradients pass {@linkplain #straightThrough() straight through}. */
  public Gradients straightThrough(boolean isStraight) {
    return new Gradients(outputs, wrt, cotangents, isStraight, checkpointing);
  }

  /**
   * Which forward values are kept, and which computed again; by default all are kept. Refused where
   * it names a value that is not on the way (GRAD-012).
   */
  public Gradients checkpointing(Checkpointing choice) {
    return new Gradients(outputs, wrt, cotangents, straight, choice);
  }

  /**
   * For each value asked for, the sum over the outputs of {@code cotangent · d output / d value};
   * zeros where the outputs do not depend on it.
   */
  public List<Value> values() {
    List<Value> all = new ArrayList<>(outputs);
    all.addAll(wrt);
    List<Value> lowered = LowerGradient.run(all);
    List<Value> reached = lowered.subList(0, outputs.size());
    List<Value> given =
        cotangents != null ? cotangents : reached.stream().map(Value::onesLike).toList();
    Checkpointing cuts = checkpointing.within(reached);
    return new ReverseMode(reached, lowered.subList(outputs.size(), all.size()), straight, cuts)
        .run(given);
  }

  /**
   * The gradient of a whole graph as a graph: {@code Gradients.of(graph).wrt("w").graph()}. Unless
   * told otherwise it is that of all outputs with respect to all floating-point inputs and
   * parameters.
   */
  public static GraphGradients of(Graph graph) {
    return GraphGradients.of(new LowerGradient().run(graph));
  }

  /**
   * The same with respect to these inputs and parameters, from all outputs.
   *
   * @param names inputs and parameters
   */
  public static Graph of(Graph graph, List<String> names) {
    return of(graph).wrt(names).graph();
  }
}
