package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.config.Names;

/** What all metrics have: a name in logs. */
abstract class NamedMetric implements Metric {
  private String name = Names.snakeCase(getClass().getSimpleName());

  @Override
  public final Metric named(String newName) {
    name = newName;
    return this;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public void configure(Config config) {
    name = config.text("name", name);
    configureType(config);
  }

  /** Sums are float32. */
  void configureType(Config config) {
    Object dtype = config.json("dtype", "float32");
    if (dtype != null && !dtype.toString().contains("float32")) {
      config.unsupported("dtype", "float32");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
