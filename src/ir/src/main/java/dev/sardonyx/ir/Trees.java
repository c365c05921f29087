package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ensembles of decision trees. Nodes are given as lists side by side: the feature that a node looks
 * at, what it compares with, and where it goes then.
 */
public sealed interface Trees extends MachineLearning {
  /** How the leaves that a sample comes to make one number. */
  enum Aggregate {
    AVERAGE,
    SUM,
    MIN,
    MAX
  }

  /**
   * What each sample [N,C] comes to, [N,targets].
   *
   * @param aggregateFunction 0 averages the leaves, 1 adds them, 2 and 3 take the least and the
   *     greatest
   * @param leafTargetids which target a leaf counts for
   * @param leafWeights what it counts
   * @param membershipValues the sets of nodes that ask for membership, NaN behind each
   * @param nTargets how many targets there are
   * @param nodesFalseleafs whether a node leads to a leaf where it is false
   * @param nodesFalsenodeids to which node or leaf
   * @param nodesFeatureids the column that a node looks at
   * @param nodesHitrates how popular a node is; changes nothing
   * @param nodesMissingValueTracksTrue whether a node is true of NaN; never if absent
   * @param nodesModes 0 ≤, 1 &lt;, 2 ≥, 3 &gt;, 4 =, 5 ≠, 6 member of a set
   * @param nodesSplits what a node compares with
   * @param nodesTrueleafs whether a node leads to a leaf where it is true
   * @param nodesTruenodeids to which node or leaf
   * @param postTransform the number of a {@link PostTransform}, in their order
   * @param treeRoots the first node of each tree
   */
  @Onnx(since = 5, from = 5, domain = "ai.onnx.ml")
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record TreeEnsemble(
      @Default("1") long aggregateFunction,
      List<Long> leafTargetids,
      Tensor leafWeights,
      @Default("") @Nullable Tensor membershipValues,
      @Default("") @Nullable Long nTargets,
      List<Long> nodesFalseleafs,
      List<Long> nodesFalsenodeids,
      List<Long> nodesFeatureids,
      @Default("") @Nullable Tensor nodesHitrates,
      List<Long> nodesMissingValueTracksTrue,
      Tensor nodesModes,
      Tensor nodesSplits,
      List<Long> nodesTrueleafs,
      List<Long> nodesTruenodeids,
      @Default("0") long postTransform,
      List<Long> treeRoots)
      implements Trees {
    @Override
    public List<Type> infer(Inference in) {
      parallel(in, "nodes_featureids", nodesFeatureids, "nodes_falseleafs", nodesFalseleafs);
      parallel(in, "nodes_featureids", nodesFeatureids, "nodes_falsenodeids", nodesFalsenodeids);
      parallel(in, "nodes_featureids", nodesFeatureids, "nodes_trueleafs", nodesTrueleafs);
      parallel(in, "nodes_featureids", nodesFeatureids, "nodes_truenodeids", nodesTruenodeids);
      Dim targets = nTargets == null ? Dim.UNKNOWN : Dim.of(nTargets);
      return List.of(TensorType.of(in.element(0), Samples.shape(in, 0).dim(0), targets));
    }
  }

  /**
   * What each sample [N,C] comes to, [N,targets] as float32, in the form that newer files replace
   * by {@link TreeEnsemble}.
   *
   * @param aggregateFunction how leaves make one number
   * @param baseValues what is added for each target; attributes {@code …AsTensor} are in place of
   *     the others where numbers are float64
   * @param nTargets how many targets there are
   * @param nodesModes BRANCH_LEQ, BRANCH_LT, BRANCH_GTE, BRANCH_GT, BRANCH_EQ, BRANCH_NEQ or LEAF
   * @param targetIds which target a leaf counts for
   */
  @Onnx(since = 3, from = 1, domain = "ai.onnx.ml")
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record TreeEnsembleRegressor(
      @Default("SUM") Aggregate aggregateFunction,
      List<Float> baseValues,
      @Default("") @Nullable Tensor baseValuesAsTensor,
      @Default("") @Nullable Long nTargets,
      List<Long> nodesFalsenodeids,
      List<Long> nodesFeatureids,
      List<Float> nodesHitrates,
      @Default("") @Nullable Tensor nodesHitratesAsTensor,
      List<Long> nodesMissingValueTracksTrue,
      List<String> nodesModes,
      List<Long> nodesNodeids,
      List<Long> nodesTreeids,
      List<Long> nodesTruenodeids,
      List<Float> nodesValues,
      @Default("") @Nullable Tensor nodesValuesAsTensor,
      @Default("NONE") PostTransform postTransform,
      List<Long> targetIds,
      List<Long> targetNodeids,
      List<Long> targetTreeids,
      List<Float> targetWeights,
      @Default("") @Nullable Tensor targetWeightsAsTensor)
      implements Trees {
    @Override
    public List<Type> infer(Inference in) {
      nodes(in, nodesTreeids, nodesNodeids, nodesFeatureids, nodesModes);
      parallel(in, "nodes_treeids", nodesTreeids, "nodes_truenodeids", nodesTruenodeids);
      parallel(in, "nodes_treeids", nodesTreeids, "nodes_falsenodeids", nodesFalsenodeids);
      parallel(in, "target_ids", targetIds, "target_nodeids", targetNodeids);
      Dim targets = nTargets == null ? Dim.UNKNOWN : Dim.of(nTargets);
      Dim rows = Samples.shape(in, 0).dim(0);
      return List.of(TensorType.of(ElementType.FLOAT32, rows, targets));
    }
  }

  /**
   * The class of each sample [N,C], [N], and its score for each class, [N,E] as float32, in the
   * form that newer files replace by {@link TreeEnsemble}.
   *
   * @param baseValues what is added for each class; attributes {@code …AsTensor} are in place of
   *     the others where numbers are float64
   * @param classIds which class a leaf counts for
   * @param classlabelsInt64s the classes, if they are numbers
   * @param classlabelsStrings the classes, if they are strings
   * @param nodesModes BRANCH_LEQ, BRANCH_LT, BRANCH_GTE, BRANCH_GT, BRANCH_EQ, BRANCH_NEQ or LEAF
   */
  @Onnx(since = 3, from = 1, outputs = "Y Z", domain = "ai.onnx.ml")
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record TreeEnsembleClassifier(
      List<Float> baseValues,
      @Default("") @Nullable Tensor baseValuesAsTensor,
      List<Long> classIds,
      List<Long> classNodeids,
      List<Long> classTreeids,
      List<Float> classWeights,
      @Default("") @Nullable Tensor classWeightsAsTensor,
      List<Long> classlabelsInt64s,
      List<String> classlabelsStrings,
      List<Long> nodesFalsenodeids,
      List<Long> nodesFeatureids,
      List<Float> nodesHitrates,
      @Default("") @Nullable Tensor nodesHitratesAsTensor,
      List<Long> nodesMissingValueTracksTrue,
      List<String> nodesModes,
      List<Long> nodesNodeids,
      List<Long> nodesTreeids,
      List<Long> nodesTruenodeids,
      List<Float> nodesValues,
      @Default("") @Nullable Tensor nodesValuesAsTensor,
      @Default("NONE") PostTransform postTransform)
      implements Trees {
    @Override
    public List<Type> infer(Inference in) {
      String words = "classlabels_strings";
      Alternatives.one(in, words, classlabelsStrings, "classlabels_int64s", classlabelsInt64s);
      nodes(in, nodesTreeids, nodesNodeids, nodesFeatureids, nodesModes);
      parallel(in, "nodes_treeids", nodesTreeids, "nodes_truenodeids", nodesTruenodeids);
      parallel(in, "nodes_treeids", nodesTreeids, "nodes_falsenodeids", nodesFalsenodeids);
      parallel(in, "class_ids", classIds, "class_nodeids", classNodeids);
      boolean strings = !classlabelsStrings.isEmpty();
      int classes = strings ? classlabelsStrings.size() : classlabelsInt64s.size();
      Dim rows = Samples.shape(in, 0).dim(0);
      return List.of(
          TensorType.of(strings ? ElementType.STRING : ElementType.INT64, rows),
          TensorType.of(ElementType.FLOAT32, rows, Dim.of(classes)));
    }
  }

  private static void nodes(
      Inference in, List<Long> trees, List<Long> ids, List<Long> features, List<String> modes) {
    parallel(in, "nodes_treeids", trees, "nodes_nodeids", ids);
    parallel(in, "nodes_treeids", trees, "nodes_featureids", features);
    parallel(in, "nodes_treeids", trees, "nodes_modes", modes);
  }

  private static void parallel(Inference in, String a, List<?> first, String b, List<?> second) {
    Alternatives.parallel(in, a, first, b, second);
  }
}
