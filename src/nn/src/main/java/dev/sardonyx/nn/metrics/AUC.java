package dev.sardonyx.nn.metrics;

import static dev.sardonyx.ir.type.ElementType.FLOAT32;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.metrics.Confusion.Counts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The area under a curve of right against wrong answers, approximated at thresholds. */
public final class AUC extends NamedMetric {
  private static final double EPSILON = 1e-7;

  private long numThresholds = 200;
  private @Nullable List<Double> thresholds;
  private Curve curve = Curve.ROC;
  private Curve.Summation summation = Curve.Summation.INTERPOLATION;
  private boolean multiLabel;
  private @Nullable Long numLabels;
  private @Nullable List<Double> labelWeights;
  private boolean fromLogits;

  public static AUC auc() {
    return new AUC();
  }

  /** How many thresholds there are, 200 by default: more are closer to the true area. */
  public AUC numThresholds(long number) {
    numThresholds = Allowed.atLeast(2, this, "num_thresholds", number);
    return this;
  }

  /** The thresholds between 0 and 1, in the place of even ones. */
  public AUC thresholds(double... newThresholds) {
    thresholds = Arrays.stream(newThresholds).sorted().boxed().toList();
    numThresholds = thresholds.size() + 2L;
    return this;
  }

  /** The curve; the receiver's operating characteristic by default. */
  public AUC curve(Curve newCurve) {
    curve = newCurve;
    return this;
  }

  /** The heights between two thresholds; interpolated by default. */
  public AUC summationMethod(Curve.Summation method) {
    summation = method;
    return this;
  }

  /** Whether each element of the last axis has a curve of its own; their mean is reported. */
  public AUC multiLabel(boolean multi) {
    multiLabel = multi;
    return this;
  }

  /** How much each label counts; all the same by default. */
  public AUC labelWeights(double... weights) {
    labelWeights = Arrays.stream(weights).boxed().toList();
    return this;
  }

  /** Whether the model ends without a sigmoid; by default it gives probabilities. */
  public AUC fromLogits(boolean logits) {
    fromLogits = logits;
    return this;
  }

  @Override
  public List<Value> sums(Value yTrue, Value yPred, @Nullable Value sampleWeight) {
    Value guess = fromLogits ? yPred.sigmoid() : yPred;
    Confusion.Question question = new Confusion.Question(null, null, multiLabel);
    return Confusion.of(yTrue, guess, weights(guess, sampleWeight), bounds(), question).all();
  }

  /** With one curve for all labels, their weights are weights of single answers. */
  private @Nullable Value weights(Value guess, @Nullable Value sampleWeight) {
    if (multiLabel || labelWeights == null) {
      return sampleWeight;
    }
    Value row = Value.constant(Tensor.of(toFloats(labelWeights), 1, labelWeights.size()));
    Value each = guess.onesLike().cast(FLOAT32).mul(row);
    return sampleWeight == null ? each : each.mul(sampleWeight.cast(FLOAT32).unsqueeze(-1));
  }

  private static float[] toFloats(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  /** The outer two lie beyond every probability. */
  private double[] bounds() {
    double[] bounds = new double[(int) numThresholds];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] =
          thresholds == null || i == 0 || i == bounds.length - 1
              ? i / (bounds.length - 1.0)
              : thresholds.get(i - 1);
    }
    bounds[0] = -EPSILON;
    bounds[bounds.length - 1] = 1 + EPSILON;
    return bounds;
  }

  @Override
  public double[] result(List<double[]> sums) {
    int labels = (int) (sums.get(0).length / numThresholds);
    double area = 0;
    double weight = 0;
    for (int label = 0; label < labels; label++) {
      List<Counts> points = new ArrayList<>();
      for (int i = 0; i < numThresholds; i++) {
        points.add(Counts.of(sums, i * labels + label));
      }
      double own = multiLabel && labelWeights != null ? labelWeights.get(label) : 1;
      area += own * curve.area(points, summation);
      weight += own;
    }
    return new double[] {Confusion.ratio(area, weight)};
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    numThresholds(config.integer("num_thresholds", numThresholds));
    curve = Curve.of(config.text("curve", curve.name()));
    summation = config.choice("summation_method", summation);
    multiLabel = config.flag("multi_label", multiLabel);
    numLabels = config.optionalInteger("num_labels", numLabels);
    if (config.json("label_weights", labelWeights) != null) {
      labelWeights =
          config.numbers("label_weights", labelWeights == null ? List.of() : labelWeights);
    }
    fromLogits = config.flag("from_logits", fromLogits);
    // Keras writes thresholds only where they were given.
    if (thresholds != null || config.has("thresholds")) {
      List<Double> read = config.numbers("thresholds", thresholds == null ? List.of() : thresholds);
      thresholds(read.stream().mapToDouble(threshold -> threshold).toArray());
    }
  }
}
