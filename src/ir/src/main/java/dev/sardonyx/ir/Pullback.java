package dev.sardonyx.ir;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a gradient rule is told: a node's inputs, its results, and the gradients of its results. */
public final class Pullback {
  /** Reverse mode over a part of a graph: what operators with bodies need. */
  @FunctionalInterface
  public interface Reverse {
    /**
     * For each value the gradient, null where there is none.
     *
     * @param since when the part was built: what is older is a constant, but for {@code wrt}
     */
    List<@Nullable Value> gradients(
        List<Value> outputs, List<Value> cotangents, List<Value> wrt, Since since);
  }

  private final Node node;
  private final List<@Nullable Value> cotangents;
  private final Predicate<Value> wanted;
  private final Reverse reverse;

  /**
   * @param cotangents for each result of {@code node} its gradient, null where none flows back
   * @param wanted which values need a gradient; rules may give one for others, too
   */
  public Pullback(
      Node node, List<@Nullable Value> cotangents, Predicate<Value> wanted, Reverse reverse) {
    this.node = node;
    this.cotangents = cotangents;
    this.wanted = wanted;
    this.reverse = reverse;
  }

  public Node node() {
    return node;
  }

  public int size() {
    return node.inputs().size();
  }

  public boolean has(int i) {
    return node.hasInput(i);
  }

  /** Input {@code i}, which must be present. */
  public Value x(int i) {
    return node.input(i);
  }

  public Value x() {
    return x(0);
  }

  /** Result {@code i}. */
  public Value y(int i) {
    return node.outputs().get(i);
  }

  public Value y() {
    return y(0);
  }

  /** Whether a gradient flows back into result {@code i}. */
  public boolean hasDy(int i) {
    return cotangents.get(i) != null;
  }

  /** The gradient of result {@code i}: zeros if none flows back. */
  public Value dy(int i) {
    Value cotangent = cotangents.get(i);
    return cotangent != null ? cotangent : Cotangents.zeros(y(i));
  }

  public Value dy() {
    return dy(0);
  }

  /** Whether input {@code i} needs a gradient. */
  public boolean wants(int i) {
    return has(i) && wanted.test(x(i)) && Cotangents.exist(x(i).type());
  }

  /** The gradients of values that were made since, with respect to what they were made of. */
  public List<@Nullable Value> gradients(
      List<Value> outputs, List<Value> given, List<Value> wrt, Since since) {
    return reverse.gradients(outputs, given, wrt, since);
  }

  /**
   * The gradients of the inputs through other values for the node's results, made since.
   *
   * @param results one for each result
   */
  public List<@Nullable Value> through(List<Value> results, Since since) {
    List<Value> reached = new ArrayList<>();
    List<Value> given = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      if (hasDy(i)) {
        reached.add(results.get(i));
        given.add(dy(i));
      }
    }
    List<Value> inputs =
        node.inputs().stream().filter(v -> v != null && wanted.test(v)).distinct().toList();
    List<@Nullable Value> found = gradients(reached, given, inputs, since);
    // An input that stands twice gets its whole gradient at its first place.
    Set<Value> done = new HashSet<>();
    List<@Nullable Value> gradients = new ArrayList<>();
    for (Value input : node.inputs()) {
      boolean first = inputs.contains(input) && done.add(input);
      gradients.add(first ? found.get(inputs.indexOf(input)) : null);
    }
    return gradients;
  }

  /** The gradients of a node of which only the first input has one. */
  public List<@Nullable Value> toFirst(@Nullable Value dx) {
    List<@Nullable Value> gradients = new ArrayList<>(Collections.nCopies(size(), null));
    gradients.set(0, dx);
    return gradients;
  }

  /** The refusal to differentiate this node; {@code message} continues the operator's name. */
  public DiagnosticException fail(String code, String message, String help) {
    OpSchema schema = OpSchema.of(node.op());
    List<String> received = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (has(i)) {
        received.add(schema.inputName(i) + ": " + x(i).type());
      }
    }
    String types = String.join("   ", received);
    return new Diagnostic(code, schema.type() + " " + message, node.at(), types, help).exception();
  }

  /** Refuses to differentiate where the rank of input {@code i} is not known. */
  void needsRank(int i) {
    if (!x(i).shape().isRanked()) {
      throw fail(
          "GRAD-040",
          "has a gradient only where the rank of its inputs is known",
          "give the model's inputs shapes; their extents may stay symbolic");
    }
  }
}
