package dev.sardonyx.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code fit} saw: for every quantity, such as {@code loss} and {@code val_accuracy}, its
 * value after each epoch.
 *
 * @param epochs the epochs that ran, counted from 0
 * @param series the quantities by name, one value an epoch
 */
public record History(List<Integer> epochs, Map<String, List<Double>> series) {
  History() {
    this(new ArrayList<>(), new LinkedHashMap<>());
  }

  void add(int epoch, Map<String, Double> logs) {
    epochs.add(epoch);
    logs.forEach((name, value) -> series.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
  }

  /** The last value of {@code name}; an {@link IllegalArgumentException} if there is none. */
  public double last(String name) {
    List<Double> values = series.get(name);
    if (values == null) {
      throw new IllegalArgumentException("no " + name + " was recorded, but " + series.keySet());
    }
    return values.get(values.size() - 1);
  }
}
