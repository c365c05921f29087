package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /**
   * One operation.
   *
   * @param parameters what it is called with, in order
   * @param options what it is made with, with Keras's defaults
   */
  record Definition(
      String name, List<String> parameters, Map<String, @Nullable Object> options, ManyRule rule) {}

  private final Map<String, Definition> definitions = new LinkedHashMap<>();

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
    int open = signature.indexOf('(');
    String name = signature.substring(0, open);
    String[] halves = signature.substring(open + 1, signature.length() - 1).split(";", -1);
    List<String> parameters = new ArrayList<>();
    Map<String, @Nullable Object> options = new LinkedHashMap<>();
    for (String part : split(halves[0])) {
      parameters.add(part.contains("=") ? part.substring(0, part.indexOf('=')) : part);
      defaultOf(part, options);
    }
    if (halves.length > 1) {
      split(halves[1]).forEach(part -> defaultOf(part, options));
    }
    Definition before =
        definitions.put(name, new Definition(name, List.copyOf(parameters), options, rule));
    if (before != null) {
      throw new IllegalStateException("two operations are called " + name);
    }
    return this;
  }

  private static List<String> split(String half) {
    List<String> parts = new ArrayList<>();
    for (String part : half.split(",")) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  private static void defaultOf(String part, Map<String, @Nullable Object> options) {
    int equals = part.indexOf('=');
    if (equals > 0) {
      options.put(part.substring(0, equals), literal(part.substring(equals + 1)));
    }
  }

  private static @Nullable Object literal(String text) {
    return switch (text) {
      case "None" -> null;
      case "True" -> true;
      case "False" -> false;
      default -> {
        if (text.startsWith("'")) {
          yield text.substring(1, text.length() - 1);
        }
        yield text.matches("-?[0-9]+") ? (Object) Long.valueOf(text) : Double.valueOf(text);
      }
    };
  }

  /** Adds all of {@code other}. */
  OpTable with(OpTable other) {
    other.definitions.forEach(
        (name, definition) -> {
          if (definitions.put(name, definition) != null) {
            throw new IllegalStateException("two operations are called " + name);
          }
        });
    return this;
  }

  /** The operation of this name, or null. */
  @Nullable Definition find(String name) {
    return definitions.get(name);
  }

  /** All names. */
  List<String> names() {
    return definitions.keySet().stream().filter(Objects::nonNull).sorted().toList();
  }
}
