package dev.sardonyx.nn.metrics;

/** The harmonic mean of precision and recall, for each class; their mean as asked for. */
public final class F1Score extends FScore<F1Score> {
  public static F1Score f1Score() {
    return new F1Score();
  }

  @Override
  F1Score self() {
    return this;
  }
}
