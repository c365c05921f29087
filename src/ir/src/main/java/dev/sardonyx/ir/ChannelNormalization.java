package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import java.util.stream.LongStream;

/** Normalizations of images {@code [N,C,d1,…]} whose channels, the second axis, matter. */
public sealed interface ChannelNormalization extends Normalization {
  /**
   * y = (x - mean) / √(var + ε) · scale + B with mean and variance of each channel of each sample.
   * Ulyanov et al. 2016.
   */
  @Onnx(since = 22, from = 6, inputs = "input scale B", outputs = "output")
  record InstanceNormalization(@Default("1e-05") float epsilon)
      implements ChannelNormalization, Formula {
    @Override
    public List<Type> infer(Inference in) {
      channels(in);
      return List.of(in.type(0));
    }

    @Override
    public Value formula(Expansion e) {
      Value x = e.shape(0).isRanked() && e.shape(0).rank() > 2 ? e.x() : e.x().reshape(0, 0, -1);
      int rank = x.shape().rank();
      long[] places = LongStream.range(2, rank).toArray();
      long[] behind = LongStream.rangeClosed(1, rank - 2).toArray();
      Value centred = x.sub(x.mean(true, places));
      Value deviation = centred.square().mean(true, places).add(epsilon).sqrt();
      Value scaled = centred.div(deviation).mul(e.x(1).unsqueeze(behind));
      return scaled.add(e.x(2).unsqueeze(behind)).reshapeLike(e.x());
    }
  }

  /**
   * y = (x - mean) / √(var + ε) · scale + bias with mean and variance of each group of channels of
   * each sample, and a scale and a bias for each channel. Wu and He 2018.
   *
   * @param stashType the element type in which is normalized, before scale and bias
   */
  @Onnx(since = 21, from = 21, inputs = "X scale bias")
  record GroupNormalization(
      @Default("1e-05") float epsilon, long numGroups, @Default("1") ElementType stashType)
      implements ChannelNormalization, Formula {
    @Override
    public List<Type> infer(Inference in) {
      Normalization.requireFloat(in, stashType);
      Dim channels = channels(in);
      if (numGroups < 1) {
        throw in.fail("ATTR-004", "has num_groups=" + numGroups, "there is at least one group");
      }
      if (channels.isFixed() && channels.value() % numGroups != 0) {
        throw in.fail(
            "SHAPE-052",
            "cannot divide %s channels into %s groups".formatted(channels, numGroups),
            "the number of channels is a multiple of num_groups");
      }
      return List.of(in.type(0));
    }

    @Override
    public Value formula(Expansion e) {
      Value ones = Value.constant(Tensor.full(stashType, 1, numGroups));
      Value zeros = Value.constant(Tensor.full(stashType, 0, numGroups));
      Value groups = e.x().cast(stashType).reshape(0, numGroups, -1);
      Value normal = Value.of(new InstanceNormalization(epsilon), groups, ones, zeros);
      Value shape = Extents.join(List.of(Value.longs(0), Extents.shape(e.x(1)), Value.longs(-1)));
      Value y = normal.cast(e.element(0)).reshape(shape);
      return y.mul(e.x(1).unsqueeze(1)).add(e.x(2).unsqueeze(1)).reshapeLike(e.x());
    }
  }

  /**
   * y = x / (bias + α·m)^β with m the mean of the squares of {@code size} neighbouring channels;
   * beyond the first and the last lie zeros. Krizhevsky et al. 2012.
   */
  @Onnx(since = 13, from = 1)
  record LRN(
      @Default("0.0001") float alpha,
      @Default("0.75") float beta,
      @Default("1.0") float bias,
      long size)
      implements ChannelNormalization, Formula {
    @Override
    public List<Type> infer(Inference in) {
      if (size < 1) {
        throw in.fail("ATTR-004", "has size=" + size, "a region is at least one channel");
      }
      requireChannels(in);
      return List.of(in.type(0));
    }

    @Override
    public Value formula(Expansion e) {
      List<Long> pads = List.of((size - 1) / 2, 0L, size / 2, 0L);
      Pooling.AveragePool mean =
          new Pooling.AveragePool(
              AutoPad.NOTSET, false, true, List.of(), List.of(size, 1L), pads, List.of());
      Value squares = e.x().square().reshape(0, 0, -1).unsqueeze(1);
      Value means = Value.of(mean, squares).squeeze(1).reshapeLike(e.x());
      return e.x().div(means.mul(alpha).add(bias).pow(beta));
    }
  }

  private static Dim channels(Inference in) {
    requireChannels(in);
    Dim channels = in.shape(0).isRanked() ? in.shape(0).dim(1) : Dim.UNKNOWN;
    return Normalization.perChannel(in, 2, Normalization.perChannel(in, 1, channels));
  }

  private static void requireChannels(Inference in) {
    Shape x = in.shape(0);
    if (x.isRanked() && x.rank() < 2) {
      throw in.fail(
          "SHAPE-053",
          "needs a batch and channels, got rank %s".formatted(x.rank()),
          "the first axis counts samples, the second one channels");
    }
  }
}
