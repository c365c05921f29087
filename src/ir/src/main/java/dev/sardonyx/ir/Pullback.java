package dev.sardonyx.ir;

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
}
