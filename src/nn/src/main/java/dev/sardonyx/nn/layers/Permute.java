package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** The axes of each sample in another order: {@code permute(2, 1)} swaps two. */
public final class Permute extends SingleInputLayer {
  private List<Long> dims = List.of();

  Permute() {}

  /**
   * @param dims which axis comes in each place, counted from 1; the batch stays
   */
  public static Permute permute(long... dims) {
    Permute made = new Permute();
    made.dims = made.checked(Arrays.stream(dims).boxed().toList());
    return made;
  }

  private List<Long> checked(List<Long> given) {
    List<Long> wanted = LongStream.rangeClosed(1, given.size()).boxed().toList();
    if (!given.stream().sorted().toList().equals(wanted)) {
      throw Allowed.refusal(
          this, "dims", "the numbers from 1 on in some order", given, "name each axis once");
    }
    return given;
  }

  @Override
  protected Value call(Call call, Value x) {
    if (Axes.rankAtLeast(this, x.tensorType(), 1) != dims.size() + 1) {
      throw refuse(
          "NN-012",
          "needs inputs whose number of axes is %s, got %s"
              .formatted(dims.size() + 1, x.shape().rank()),
          x.tensorType(),
          "name every axis but the batch");
    }
    LongStream order = dims.stream().mapToLong(d -> d);
    return x.transpose(LongStream.concat(LongStream.of(0), order).toArray());
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    dims = checked(config.integers("dims", dims));
  }
}
