package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpAttribute;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the standard says of the operators whose results are random. */
final class Randomness {
  private static final Set<String> ALWAYS =
      Set.of(
          "Bernoulli",
          "Multinomial",
          "RandomNormal",
          "RandomNormalLike",
          "RandomUniform",
          "RandomUniformLike");

  private static final double DEFAULT_RATIO = 0.5;

  private Randomness() {}

  /** Whether an operator's results do not depend on the values of its inputs. */
  static boolean forgetsValues(Node node) {
    String type = OpSchema.of(node.op()).type();
    return type.equals("Shape") || type.equals("Size");
  }

  /** Whether an operator, or one in its bodies, draws random numbers. */
  static boolean isRandom(Node node, Map<String, Tensor> feeds) {
    OpSchema schema = OpSchema.of(node.op());
    if (node.isLeaf() || !schema.domain().isEmpty()) {
      return false;
    }
    if (schema.type().equals("Dropout")) {
      Tensor training = known(node, 2, feeds);
      Tensor ratio = known(node, 1, feeds);
      boolean trains = node.hasInput(2) && (training == null || training.getDouble(0) != 0);
      return trains && (ratio == null || ratio.getDouble(0) != 0);
    }
    return ALWAYS.contains(schema.type())
        || schema.bodiesOf(node.op()).stream()
            .anyMatch(body -> body.graph().nodes().stream().anyMatch(n -> isRandom(n, Map.of())));
  }

  private static @Nullable Tensor known(Node node, int i, Map<String, Tensor> feeds) {
    if (!node.hasInput(i)) {
      return null;
    }
    Value value = node.input(i);
    if (value.op() instanceof Leaf.Parameter parameter) {
      return parameter.tensor();
    }
    return value.op() instanceof Leaf.Input input ? feeds.get(input.name()) : value.constant();
  }

  /** Requires of one run that every value is one that can be. */
  static void checkValues(String name, Value output, Tensor sample, List<Tensor> inputs) {
    for (long i = 0; i < sample.size(); i++) {
      double x = sample.getDouble(i);
      if (!isPossible(output, x, i, inputs)) {
        throw new Mismatch("output %s: element %s cannot be %s".formatted(name, i, x));
      }
    }
  }

  private static boolean isPossible(Value output, double x, long i, List<Tensor> inputs) {
    Node node = output.node();
    return switch (OpSchema.of(node.op()).type()) {
      case "Bernoulli" -> {
        double p = inputs.get(0).getDouble(i);
        yield x == 0 && p < 1 || x == 1 && p > 0;
      }
      case "RandomUniform", "RandomUniformLike" ->
          x >= attribute(node, "low") && x <= attribute(node, "high");
      case "Multinomial" -> x >= 0 && x < classes(inputs.get(0)) && x == Math.rint(x);
      case "Dropout" ->
          output.index() == 1 || x == 0 || isScaled(x, inputs.get(0).getDouble(i), inputs);
      default -> Double.isFinite(x);
    };
  }

  private static boolean isScaled(double y, double x, List<Tensor> inputs) {
    double scaled = x / (1 - ratio(inputs));
    return Math.abs(y - scaled) <= 1e-3 * Math.abs(scaled) + 1e-7;
  }

  private static double ratio(List<Tensor> inputs) {
    return inputs.get(1) == null ? DEFAULT_RATIO : inputs.get(1).getDouble(0);
  }

  private static long classes(Tensor weights) {
    return weights.dims()[weights.dims().length - 1];
  }

  /** Requires of all runs that they lie as the distribution does. */
  static void checkMoments(String name, Value output, List<Tensor> samples, List<Tensor> inputs) {
    Node node = output.node();
    Moments moments = Moments.of(samples);
    if (moments.count() == 0) {
      return;
    }
    switch (OpSchema.of(node.op()).type()) {
      case "Bernoulli" -> requireShare(name, moments.mean(), moments.count(), inputs.get(0));
      case "RandomUniform", "RandomUniformLike" -> {
        double low = attribute(node, "low");
        double width = attribute(node, "high") - low;
        moments.require(name, low + width / 2, width * width / 12, 1.8);
      }
      case "RandomNormal", "RandomNormalLike" -> {
        double scale = attribute(node, "scale");
        moments.require(name, attribute(node, "mean"), scale * scale, 3);
      }
      case "Dropout" -> requireDropped(name, output, samples, inputs);
      case "Multinomial" -> requireFrequencies(name, samples, inputs.get(0));
      default -> {
        // A body's results: what they are made of is not known here.
      }
    }
  }

  /** Of elements that are one with these probabilities. */
  private static void requireShare(String name, double mean, long count, Tensor probabilities) {
    double sum = 0;
    double variance = 0;
    for (long i = 0; i < probabilities.size(); i++) {
      double p = probabilities.getDouble(i);
      sum += p;
      variance += p * (1 - p);
    }
    double n = probabilities.size();
    double strays = Moments.SIGMAS * Math.sqrt(variance / n / count);
    Moments.requireNear(name, "mean", sum / n, mean, strays);
  }

  /** The mask is true, and the result other than 0, where an element was kept. */
  private static void requireDropped(
      String name, Value output, List<Tensor> samples, List<Tensor> inputs) {
    long count = 0;
    long kept = 0;
    for (Tensor sample : samples) {
      for (long i = 0; i < sample.size(); i++) {
        if (output.index() == 1 || inputs.get(0).getDouble(i) != 0) {
          count++;
          kept += sample.getDouble(i) != 0 ? 1 : 0;
        }
      }
    }
    double share = 1 - ratio(inputs);
    double strays = Moments.SIGMAS * Math.sqrt(share * (1 - share) / Math.max(1, count));
    Moments.requireNear(
        name, "share of kept elements", share, count == 0 ? share : (double) kept / count, strays);
  }

  /** Every row of weights, logarithms of what is in proportion to probabilities, is a draw. */
  private static void requireFrequencies(String name, List<Tensor> samples, Tensor weights) {
    int classes = Math.toIntExact(classes(weights));
    long rows = weights.size() / Math.max(1, classes);
    for (long row = 0; row < rows; row++) {
      double[] counts = new double[classes];
      double total = 0;
      for (Tensor sample : samples) {
        long draws = sample.size() / rows;
        for (long i = row * draws; i < (row + 1) * draws; i++) {
          counts[(int) sample.getLong(i)]++;
          total++;
        }
      }
      double[] probabilities = softmax(weights, row * classes, classes);
      for (int c = 0; c < classes; c++) {
        double p = probabilities[c];
        double strays = Moments.SIGMAS * Math.sqrt(p * (1 - p) / total) + 1 / total;
        Moments.requireNear(name, "share of class " + c, p, counts[c] / total, strays);
      }
    }
  }

  private static double[] softmax(Tensor weights, long start, int length) {
    double[] exponentials = new double[length];
    double sum = 0;
    for (int c = 0; c < length; c++) {
      exponentials[c] = Math.exp(weights.getDouble(start + c));
      sum += exponentials[c];
    }
    for (int c = 0; c < length; c++) {
      exponentials[c] /= sum;
    }
    return exponentials;
  }

  private static double attribute(Node node, String name) {
    OpSchema schema = OpSchema.of(node.op());
    Object given = schema.attributesOf(node.op()).get(name);
    if (given == null) {
      given =
          schema.attributes().stream()
              .filter(attribute -> attribute.name().equals(name))
              .map(OpAttribute::defaultValue)
              .findFirst()
              .orElseThrow();
    }
    return ((Number) given).doubleValue();
  }
}
