package dev.sardonyx.ir;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a gradient rule is told: a node's inputs, its results, and the gradients of its results. */
public final class Pullback {
  private final Node node;
  private final List<@Nullable Value> cotangents;

  /**
   * @param cotangents for each result of {@code node} its gradient, null where none flows back
   */
  public Pullback(Node node, List<@Nullable Value> cotangents) {
    this.node = node;
    this.cotangents = cotangents;
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
    return cotangent != null ? cotangent : y(i).zerosLike();
  }

  public Value dy() {
    return dy(0);
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
