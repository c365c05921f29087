package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.constant;
import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.f32;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.FusedActivations;
import dev.sardonyx.ir.FusedNormalizations;
import dev.sardonyx.ir.FusedProducts;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.testkit.OpCase.Argument;
import dev.sardonyx.testkit.OpCase.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@link dev.sardonyx.ir.Contrib}. */
final class ContribRows {
  /** Tells rows of operators of one name apart. */
  static final String DOMAIN = "of com.microsoft";

  private ContribRows() {}

  static List<OpCase> rows() {
    List<OpCase> rows = new ArrayList<>(activations());
    rows.addAll(normalizations());
    rows.addAll(products());
    rows.addAll(FusedAttentionRows.rows());
    rows.addAll(QuantizedRows.rows());
    return rows;
  }

  static Source i32(int low, int high, long... dims) {
    return random -> {
      int size = (int) Arrays.stream(dims).reduce(1, Math::multiplyExact);
      double[] values = random.ints(size, low, high).mapToDouble(v -> v).toArray();
      return new Argument(Tensor.from(ElementType.INT32, values, dims), false);
    };
  }

  private static List<OpCase> activations() {
    return List.of(
        OpCase.of(new FusedActivations.BiasGelu()).inputs(f32(2, 3, 4), f32(4)),
        OpCase.of(new FusedActivations.Gelu()).inputs(f32(3, 4)).note(DOMAIN),
        OpCase.of(new FusedActivations.FastGelu()).inputs(f32(2, 3, 4), f32(4)),
        OpCase.of(new FusedActivations.FastGelu()).inputs(f32(3, 4)).note("no bias"),
        OpCase.of(new FusedActivations.QuickGelu(1.702f)).inputs(f32(3, 4)),
        OpCase.of(new FusedActivations.BiasSoftmax(-1, 1)).inputs(f32(2, 3, 4), f32(2, 1, 4)),
        OpCase.of(new FusedActivations.BiasSoftmax(1, 0)).inputs(f32(2, 3, 4), f32(1, 3, 4)));
  }

  private static List<OpCase> normalizations() {
    return List.of(
        OpCase.of(new FusedNormalizations.SkipLayerNormalization(1e-3f))
            .inputs(f32(2, 3, 4), f32(2, 3, 4), f32(4), f32(4), f32(4)),
        OpCase.of(new FusedNormalizations.SkipLayerNormalization(1e-3f))
            .inputs(f32(2, 3, 4), f32(2, 3, 4), f32(4))
            .note("no bias"),
        OpCase.of(new FusedNormalizations.SkipSimplifiedLayerNormalization(1e-3f))
            .inputs(f32(2, 3, 4), f32(2, 3, 4), f32(4), f32(4)),
        OpCase.of(
                new FusedNormalizations.SimplifiedLayerNormalization(
                    -1, 1e-3f, ElementType.FLOAT32))
            .inputs(f32(2, 3, 4), f32(4)),
        OpCase.of(new FusedNormalizations.EmbedLayerNormalization(1e-3f, null))
            .inputs(
                i32(0, 6, 2, 3),
                i32(0, 2, 2, 3),
                f32(6, 4),
                f32(5, 4),
                f32(2, 4),
                f32(4),
                f32(4),
                data(Tensor.of(new int[] {1, 1, 0, 1, 0, 0}, 2, 3)))
            .outputs(2),
        OpCase.of(new FusedNormalizations.EmbedLayerNormalization(1e-3f, null))
            .inputs(i32(0, 6, 2, 3), null, f32(6, 4), f32(5, 4), null, f32(4), f32(4))
            .outputs(1)
            .note("words and positions"),
        OpCase.of(new FusedNormalizations.EmbedLayerNormalization(1e-3f, 0L))
            .inputs(
                i32(0, 6, 2, 3),
                null,
                constant(Tensor.full(ElementType.FLOAT32, 0.5, 6, 4)),
                constant(Tensor.of(new float[] {1, 2, 4, 3, 5, 2, 0, 1, 6, 8, 1, 3}, 3, 4)),
                null,
                constant(Tensor.full(ElementType.FLOAT32, 2, 4)),
                constant(Tensor.full(ElementType.FLOAT32, 1, 4)))
            .outputs(1)
            .note("constant tables"));
  }

  private static List<OpCase> products() {
    List<Long> none = List.of();
    return List.of(
        OpCase.of(new FusedProducts.FusedMatMul(0.5f, false, true, false, false))
            .inputs(f32(2, 3, 4), f32(2, 5, 4)),
        OpCase.of(new FusedProducts.FusedMatMul(1, true, false, true, true))
            .inputs(f32(4, 2, 3), f32(4, 2, 5)),
        OpCase.of(new FusedProducts.FusedGemm("Relu", null, null, null, 0.5f, 2, false, true))
            .inputs(f32(2, 3), f32(4, 3), f32(4)),
        OpCase.of(new FusedProducts.FusedGemm("LeakyRelu", 0.2f, null, null, 1, 1, true, false))
            .inputs(f32(3, 2), f32(3, 4)),
        OpCase.of(
                new FusedProducts.FusedConv(
                    "Relu", List.of(), AutoPad.NOTSET, none, 1, List.of(2L, 2L), none, none))
            .inputs(f32(1, 2, 5, 5), f32(3, 2, 2, 2), f32(3), f32(1, 3, 4, 4)),
        OpCase.of(
                new FusedProducts.FusedConv(
                    "HardSigmoid",
                    List.of(0.3f, 0.4f),
                    AutoPad.SAME_UPPER,
                    none,
                    1,
                    List.of(3L, 3L),
                    none,
                    none))
            .inputs(f32(1, 2, 5, 5), f32(3, 2, 3, 3)),
        OpCase.of(new FusedProducts.Inverse())
            .inputs(data(Tensor.of(new float[] {2, 1, 0.5f, 3, 1, -1, 2, 2}, 2, 2, 2))));
  }
}
