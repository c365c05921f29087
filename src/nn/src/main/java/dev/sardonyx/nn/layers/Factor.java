package dev.sardonyx.nn.layers;

import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Configurable;
import java.util.List;

/**
 * From where to where something random may lie.
 *
 * @param lower the least
 * @param upper the most
 */
record Factor(double lower, double upper) {
  /** One number, for both directions as far as the bounds allow, or two. */
  static Factor of(Configurable owner, String key, NumberArray given, double least, double most) {
    List<Double> values = given.values();
    boolean inside = values.stream().allMatch(v -> v >= least && v <= most);
    boolean number = given.dims().isEmpty();
    if (!number && values.size() == 2) {
      double a = values.get(0);
      double b = values.get(1);
      inside = a <= most && b >= least;
      if (inside) {
        return new Factor(Math.min(a, b), Math.max(a, b));
      }
    }
    if (!number || !inside) {
      throw Allowed.refusal(
          owner,
          key,
          "a number or two in [%s, %s]".formatted(least, most),
          given.toJson(),
          "give the most, or the least and the most");
    }
    double reach = Math.abs(values.get(0));
    return new Factor(Math.max(-reach, least), reach);
  }

  NumberArray toNumbers() {
    return NumberArray.of(lower, upper);
  }
}
