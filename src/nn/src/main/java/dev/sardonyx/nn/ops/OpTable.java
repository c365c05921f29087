package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Operations by Keras's class names. */
final class OpTable {
  /** What an operation with one result computes. */
  interface Rule {
    Value apply(OpCall call);
  }

  /** What an operation with several results computes. */
  interface ManyRule {
    List<Value> apply(OpCall call);
  }

  private final Map<String, Definition> definitions = new TreeMap<>();
  private final Map<String, String> refused = new LinkedHashMap<>();

  /**
   * Adds an operation with one result.
   *
   * @param signature as Keras writes it, what it is called with before what it is made with: {@code
   *     Sum(x; axis=None, keepdims=False)}. Parameters of the call may have defaults, too.
   */
  OpTable op(String signature, Rule rule) {
    return many(signature, call -> List.of(rule.apply(call)));
  }

  /** As {@link #op}, for several results. */
  OpTable many(String signature, ManyRule rule) {
    add(Definition.parse(signature, rule));
    return this;
  }

  /** Names an operation that cannot be had, with the reason: {@code Map holds a function}. */
  OpTable refuse(String name, String reason) {
    refused.put(name, reason);
    return this;
  }

  private void add(Definition definition) {
    if (definitions.put(definition.name(), definition) != null) {
      throw new IllegalStateException("two operations are called " + definition.name());
    }
  }

  /** Adds all of {@code other}. */
  OpTable with(OpTable other) {
    other.definitions.values().forEach(this::add);
    refused.putAll(other.refused);
    return this;
  }

  /** The operation of this name, or null. */
  @Nullable Definition find(String name) {
    return definitions.get(name);
  }

  /** Why there cannot be an operation of this name; null if that is not known. */
  @Nullable String reason(String name) {
    return refused.get(name);
  }

  /** The names of all operations, sorted. */
  List<String> names() {
    return List.copyOf(definitions.keySet());
  }

  /** The names of operations that Keras has and that cannot be had here, sorted. */
  Set<String> refused() {
    return new TreeSet<>(refused.keySet());
  }
}
