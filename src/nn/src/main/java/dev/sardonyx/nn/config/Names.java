package dev.sardonyx.nn.config;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Keras's two ways to call a class: {@code MeanSquaredError}, and {@code mean_squared_error} where
 * a user writes a string.
 */
public final class Names {
  private Names() {}

  /** The snake-case name that Keras makes from a class name: {@code RMSprop} is rm_sprop. */
  public static String snakeCase(String className) {
    return className
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** The words of a snake-case name, each with a capital. */
  public static String camelCase(String snakeCase) {
    return Arrays.stream(snakeCase.split("_"))
        .filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  /**
   * An object of {@code family} with its default options.
   *
   * @param name a class name, its snake-case form, or one of {@code irregular}
   * @param irregular class names by the short or irregular names that Keras has for them, in lower
   *     case
   */
  public static <T extends Configurable> T create(
      Class<T> family, String name, Map<String, String> irregular) {
    String what = family.getSimpleName().toLowerCase(Locale.ROOT);
    String regular = name.equals(name.toLowerCase(Locale.ROOT)) ? camelCase(name) : name;
    String className = irregular.getOrDefault(name.toLowerCase(Locale.ROOT), regular);
    try {
      return Config.create(family, what, className);
    } catch (DiagnosticException e) {
      throw new Diagnostic(
              "NN-032",
              "there is no %s called %s".formatted(what, name),
              Location.current(),
              what + ": " + name,
              "give Keras's name, in snake case or one of %s, or an object of your own class"
                  .formatted(irregular.keySet()))
          .exception(e);
    }
  }
}
