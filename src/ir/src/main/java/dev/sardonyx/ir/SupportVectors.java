package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Support vector machines. Cortes and Vapnik 1995; Chang and Lin, "LIBSVM", 2011. */
public sealed interface SupportVectors extends MachineLearning {
  /** How alike a sample and a support vector are; γ, c and d are {@code kernel_params}. */
  enum Kernel {
    /** x·v. */
    LINEAR,
    /** (γ·x·v + c) ^ d. */
    POLY,
    /** exp(-γ·|x - v|²). */
    RBF,
    /** tanh(γ·x·v + c). */
    SIGMOID
  }

  /**
   * The value of each sample [N,C], [N,1] as float32: rho and the likenesses to all support
   * vectors, weighed by coefficients; without support vectors, rho and the sample's own numbers so
   * weighed.
   *
   * @param kernelParams γ, c and d
   * @param oneClass whether only 1 is given where the value is positive, and -1 elsewhere
   * @param supportVectors one after another
   */
  @Onnx(since = 1, from = 1, domain = "ai.onnx.ml")
  record SVMRegressor(
      List<Float> coefficients,
      List<Float> kernelParams,
      @Default("LINEAR") Kernel kernelType,
      @Default("0") long nSupports,
      @Default("0") boolean oneClass,
      @Default("NONE") PostTransform postTransform,
      List<Float> rho,
      List<Float> supportVectors)
      implements SupportVectors, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      check(in, kernelType, kernelParams);
      Dim columns = Samples.shape(in, 0).dim(1);
      if (nSupports == 0) {
        Samples.checkCoefficients(in, coefficients.size(), 1);
      } else {
        checkSupports(in, coefficients.size(), nSupports, "coefficients", 1);
        if (columns.isFixed()) {
          checkSupports(in, supportVectors.size(), nSupports, "support_vectors", columns.value());
        }
      }
      Dim rows = Samples.shape(in, 0).dim(0);
      return List.of(TensorType.of(ElementType.FLOAT32, rows, Dim.ONE));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      if (!e.shape(0).isRanked() || rho.size() != 1) {
        return null;
      }
      Value x = Samples.rows(e.x()).cast(ElementType.FLOAT32);
      if (nSupports > 0) {
        Value vectors = Samples.matrix(supportVectors, nSupports);
        x = SupportKernels.likeness(kernelType, kernelParams, x, vectors);
      }
      Value weights = Samples.matrix(coefficients, coefficients.size());
      Value sum = x.matMul(weights).add(rho.get(0));
      if (oneClass) {
        return List.of(sum.gt(0).where(sum.scalar(1), sum.scalar(-1)));
      }
      Value y = postTransform.of(sum);
      return y == null ? null : List.of(y);
    }
  }

  /**
   * The class of each sample [N,C], [N], and scores as float32: the probability of each class where
   * {@code probA} and {@code probB} are given, else one for each pair of classes.
   *
   * @param classlabelsInts the classes, if they are numbers
   * @param classlabelsStrings the classes, if they are strings
   * @param kernelParams γ, c and d
   * @param supportVectors those of the first class, one after another, then those of the next
   * @param vectorsPerClass how many support vectors each class has
   */
  @Onnx(since = 1, from = 1, outputs = "Y Z", domain = "ai.onnx.ml")
  record SVMClassifier(
      List<Long> classlabelsInts,
      List<String> classlabelsStrings,
      List<Float> coefficients,
      List<Float> kernelParams,
      @Default("LINEAR") Kernel kernelType,
      @Default("NONE") PostTransform postTransform,
      List<Float> probA,
      List<Float> probB,
      List<Float> rho,
      List<Float> supportVectors,
      List<Long> vectorsPerClass)
      implements SupportVectors, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      check(in, kernelType, kernelParams);
      String words = "classlabels_strings";
      Alternatives.one(in, words, classlabelsStrings, "classlabels_ints", classlabelsInts);
      Alternatives.parallel(in, "prob_a", probA, "prob_b", probB);
      long supports = supports();
      Dim columns = Samples.shape(in, 0).dim(1);
      if (supports > 0 && columns.isFixed()) {
        checkSupports(in, supportVectors.size(), supports, "support_vectors", columns.value());
      }
      ElementType label = classlabelsStrings.isEmpty() ? ElementType.INT64 : ElementType.STRING;
      Dim rows = Samples.shape(in, 0).dim(0);
      return List.of(
          TensorType.of(label, rows),
          TensorType.of(ElementType.FLOAT32, rows, Dim.of(scores(supports > 0))));
    }

    private long scores(boolean pairs) {
      long classes = classes();
      if (!pairs || !probA.isEmpty()) {
        return classes;
      }
      // A single pair is told from both sides.
      return classes == 2 ? 2 : classes * (classes - 1) / 2;
    }

    int classes() {
      return Math.max(classlabelsInts.size(), classlabelsStrings.size());
    }

    private long supports() {
      return vectorsPerClass.stream().mapToLong(n -> n).sum();
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      if (!e.shape(0).isRanked()) {
        return null;
      }
      Value x = Samples.rows(e.x()).cast(ElementType.FLOAT32);
      List<Value> votesAndScores =
          supports() > 0 ? PairedClasses.of(this, x, (int) supports()) : linear(x);
      if (votesAndScores == null) {
        return null;
      }
      Tensor labels =
          classlabelsStrings.isEmpty()
              ? Lookup.longs(classlabelsInts)
              : Tensor.ofStrings(classlabelsStrings);
      Value best = votesAndScores.get(0).argMax(1, false);
      return Arrays.asList(Value.constant(labels).gather(best, 0), votesAndScores.get(1));
    }

    /**
     * Without support vectors each class has its own score. Of two classes ONNX Runtime takes the
     * second as soon as one score is above 0, or, where no coefficient is below 0, one half.
     */
    private @Nullable List<Value> linear(Value x) {
      if (classes() < 2 || rho.isEmpty() || coefficients.size() % classes() != 0) {
        return null;
      }
      Value weights = Samples.matrix(coefficients, classes());
      Value own = x.gemm(weights, null, false, true).add(rho.get(0));
      Value scores = postTransform.of(own);
      if (scores == null || classes() > 2 || !probA.isEmpty()) {
        return scores == null ? null : List.of(own, scores);
      }
      boolean positive = coefficients.stream().allMatch(c -> c >= 0);
      Value greatest = own.max(true, 1);
      Value second = positive ? greatest.ge(0.5) : greatest.gt(0);
      Value one = second.cast(ElementType.FLOAT32).mul(Samples.row(List.of(0f, 1f)));
      return List.of(second.where(one, own), scores);
    }
  }

  private static void check(Inference in, Kernel kernel, List<Float> params) {
    if (!params.isEmpty() && params.size() != 3 || params.isEmpty() && kernel != Kernel.LINEAR) {
      throw in.fail(
          "ATTR-072",
          "has %s kernel_params for the kernel %s".formatted(params.size(), kernel),
          "give three numbers: gamma, coef0 and degree");
    }
  }

  private static void checkSupports(
      Inference in, long count, long supports, String what, long each) {
    if (count != Math.multiplyExact(supports, each)) {
      throw in.fail(
          "ATTR-072",
          "has %s numbers in %s for %s support vectors".formatted(count, what, supports),
          "give %s for each support vector".formatted(each));
    }
  }
}
