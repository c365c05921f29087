package dev.sardonyx.compiler;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * A rewrite of one node, together with what feeds it, into something equal and better. One class
 * each, with a drawing of before and after in its Javadoc.
 */
@FunctionalInterface
public interface Rule {
  /** What takes the place of {@code node}'s first and only used output, or null to leave it. */
  @Nullable Value rewrite(Node node, Uses uses);

  /** How often values are used. */
  @FunctionalInterface
  interface Uses {
    /** The number of nodes and graph outputs that take {@code value}. */
    int of(Value value);

    /** Whether nothing else would still need {@code value} once this use is gone. */
    default boolean only(Value value) {
      return of(value) <= 1;
    }
  }
}
