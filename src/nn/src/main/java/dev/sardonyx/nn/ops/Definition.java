package dev.sardonyx.nn.ops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation.
 *
 * @param parameters what it is called with, in order; {@code *x} takes all that are left by
 *     position, {@code **x} all that are left by name
 * @param options what it is made with, and what of the call may be left out, with Keras's defaults
 */
record Definition(
    String name,
    List<String> parameters,
    Map<String, @Nullable Object> options,
    OpTable.ManyRule rule) {

  /** Reads {@code Name(call parameters; options)}. */
  static Definition parse(String signature, OpTable.ManyRule rule) {
    int open = signature.indexOf('(');
    String inside = signature.substring(open + 1, signature.length() - 1);
    int half = inside.indexOf(';');
    List<String> parameters = new ArrayList<>();
    Map<String, @Nullable Object> options = new LinkedHashMap<>();
    for (String part : split(half < 0 ? inside : inside.substring(0, half))) {
      parameters.add(part.contains("=") ? part.substring(0, part.indexOf('=')) : part);
      if (part.contains("=")) {
        option(part, options);
      }
    }
    if (half >= 0) {
      split(inside.substring(half + 1)).forEach(part -> option(part, options));
    }
    return new Definition(signature.substring(0, open), List.copyOf(parameters), options, rule);
  }

  /** Whether it may be given this by name. */
  boolean takes(String argument) {
    return parameters.contains(argument) || options.containsKey(argument) || takesMore();
  }

  private boolean takesMore() {
    return !parameters.isEmpty() && parameters.get(parameters.size() - 1).startsWith("**");
  }

  /** The parameter that takes the argument at {@code position}, or null. */
  @Nullable String parameter(int position) {
    if (position < parameters.size() && !parameters.get(position).startsWith("*")) {
      return parameters.get(position);
    }
    return parameters.stream()
        .filter(p -> p.startsWith("*") && !p.startsWith("**"))
        .findFirst()
        .orElse(null);
  }

  private static List<String> split(String half) {
    List<String> parts = new ArrayList<>();
    for (String part : half.split(",(?![^(]*\\))")) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  private static void option(String part, Map<String, @Nullable Object> options) {
    int equals = part.indexOf('=');
    if (equals < 0) {
      options.put(part, null);
    } else {
      options.put(part.substring(0, equals), literal(part.substring(equals + 1)));
    }
  }

  private static @Nullable Object literal(String text) {
    if (text.startsWith("(")) {
      List<Object> items = new ArrayList<>();
      split(text.substring(1, text.length() - 1)).forEach(item -> items.add(literal(item)));
      return items;
    }
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
}
