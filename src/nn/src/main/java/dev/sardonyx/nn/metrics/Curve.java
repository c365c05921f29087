package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.metrics.Confusion.Counts;
import java.util.List;

/** The curves whose area {@link AUC} can report. Source: Keras's confusion_metrics.py. */
public enum Curve {
  /** Recall over the share of false alarms. */
  ROC {
    @Override
    double x(Counts c) {
      return c.fallOut();
    }

    @Override
    double y(Counts c) {
      return c.recall();
    }
  },
  /** Precision over recall. */
  PR {
    @Override
    double x(Counts c) {
      return c.recall();
    }

    @Override
    double y(Counts c) {
      return c.precision();
    }
  },
  /** Precision over recall, both as a gain over always answering yes: Flach and Kull 2015. */
  PRGAIN {
    @Override
    double x(Counts c) {
      return c.tp() == 0 ? 0 : Math.max(1 - odds(c) * c.fn() / c.tp(), 0);
    }

    @Override
    double y(Counts c) {
      return c.tp() == 0 ? 1 : 1 - odds(c) * c.fp() / c.tp();
    }

    private double odds(Counts c) {
      return Confusion.ratio(c.tp() + c.fn(), c.tn() + c.fp());
    }
  };

  /** The height of a curve between two of its points. */
  public enum Summation {
    /** The mean of both; between points of {@link #PR}, the curve that their counts give. */
    INTERPOLATION,
    /** The greater. */
    MAJORING,
    /** The smaller. */
    MINORING
  }

  /** The curve that Keras calls so. */
  static Curve of(String name) {
    for (Curve curve : values()) {
      if (curve.name().equalsIgnoreCase(name)) {
        return curve;
      }
    }
    throw Allowed.refusal(
        AUC.auc(), "curve", "one of " + List.of(values()), name, "give one of these names");
  }

  abstract double x(Counts c);

  abstract double y(Counts c);

  /**
   * @param points in the order of their thresholds
   */
  double area(List<Counts> points, Summation summation) {
    double area = 0;
    for (int i = 0; i + 1 < points.size(); i++) {
      Counts left = points.get(i);
      Counts right = points.get(i + 1);
      area +=
          this == PR && summation == Summation.INTERPOLATION
              ? interpolated(left, right)
              : (x(left) - x(right)) * height(y(left), y(right), summation);
    }
    return area;
  }

  private static double height(double a, double b, Summation summation) {
    return switch (summation) {
      case INTERPOLATION -> (a + b) / 2;
      case MAJORING -> Math.max(a, b);
      case MINORING -> Math.min(a, b);
    };
  }

  /** True positives grow in a straight line with all answers yes: Davis and Goadrich 2006. */
  private static double interpolated(Counts left, Counts right) {
    double dtp = left.tp() - right.tp();
    double a = left.tp() + left.fp();
    double b = right.tp() + right.fp();
    double slope = Confusion.ratio(dtp, Math.max(a - b, 0));
    double intercept = right.tp() - slope * b;
    double ratio = a > 0 && b > 0 ? a / b : 1;
    double increment = slope * (dtp + intercept * Math.log(ratio));
    return Confusion.ratio(increment, Math.max(right.tp() + right.fn(), 0));
  }
}
