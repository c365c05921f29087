package dev.sardonyx.nn.metrics;

/** By how much a wrong class comes within 1 of the right one, or passes it. */
public final class CategoricalHinge extends LossMetric {
  CategoricalHinge() {
    super(new dev.sardonyx.nn.losses.CategoricalHinge());
  }

  public static CategoricalHinge categoricalHinge() {
    return new CategoricalHinge();
  }
}
