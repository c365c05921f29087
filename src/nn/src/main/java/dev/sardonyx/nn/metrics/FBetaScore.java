package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.config.Config;

/** The weighted harmonic mean of precision and recall, for each class; their mean as asked for. */
public final class FBetaScore extends FScore<FBetaScore> {
  FBetaScore() {
    named("fbeta_score");
  }

  public static FBetaScore fbetaScore() {
    return new FBetaScore();
  }

  @Override
  FBetaScore self() {
    return this;
  }

  /** How much more recall counts than precision, above 0; 1 by default. */
  public FBetaScore beta(double newBeta) {
    setBeta(newBeta);
    return this;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    beta(config.number("beta", beta()));
  }
}
