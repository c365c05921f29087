package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A convolution whose kernel and bias are not shared: each place has its own. It is a layer of
 * Keras 2, which has three forms of its kernel: one matrix for each place, one matrix from the
 * whole input to the whole result, of which most does not count, and a list of that matrix's
 * elements that do.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class LocallyConnectedLayer<L extends LocallyConnectedLayer<L>>
    extends SlidingKernelLayer<L> {
  private long filters;
  private long implementation = 1;
  private @Nullable LocalConnections connections;

  LocallyConnectedLayer(int rank) {
    super(rank);
  }

  final L with(long newFilters, long... kernelSize) {
    filters = Allowed.atLeast(1, this, "filters", newFilters);
    return kernelSize(kernelSize);
  }

  /** Which form the kernel has, 1 to 3; only 2 and 3 can be padded. 1 by default. */
  public L implementation(long form) {
    if (form < 1 || form > 3) {
      throw Allowed.refusal(this, "implementation", "1, 2 or 3", form, "1 is Keras's default");
    }
    implementation = form;
    return self();
  }

  /** Not an option of these layers: refused unless it is 1. */
  @Override
  public L dilationRate(long... rate) {
    for (long r : rate) {
      if (r != 1) {
        throw Allowed.refusal(this, "dilation_rate", "1", r, "Keras 2 has no such option here");
      }
    }
    return self();
  }

  @Override
  protected void build(TensorType input) {
    if (padding() == Padding.CAUSAL || padding() == Padding.SAME && implementation == 1) {
      throw Allowed.refusal(
          this, "padding", "valid", padding(), "implementation(2) and (3) can have padding(SAME)");
    }
    windows().requireRoom(this, input, dataFormat());
    LocalConnections made =
        new LocalConnections(windows(), dataFormat(), extents(input), channels(input), filters);
    connections = made;
    addKernelAlone("kernel", made.kernelDims((int) implementation));
    LongStream places = made.places().stream().mapToLong(p -> p);
    addBias(LongStream.concat(places, LongStream.of(filters)).toArray());
  }

  private List<Long> extents(TensorType input) {
    Axes.requireSpatial(this, input, dataFormat(), spatialRank());
    int first = dataFormat() == DataFormat.CHANNELS_LAST ? 1 : 2;
    List<Long> extents = new ArrayList<>();
    for (int i = 0; i < spatialRank(); i++) {
      extents.add(Axes.extent(this, input, first + i));
    }
    return extents;
  }

  private LocalConnections connections() {
    if (connections == null) {
      throw new IllegalStateException(this + " has not seen an input yet");
    }
    return connections;
  }

  @Override
  long builtChannels() {
    return connections().channels();
  }

  @Override
  Value slide(Call call, Value x) {
    requireSameExtents(x.tensorType());
    Value kernel = connections().byPlace(call.weight(kernel()), (int) implementation);
    Value y = connections().product(x, kernel);
    Value bias = bias(call);
    return bias == null ? y : y.add(connections().bias(bias));
  }

  private void requireSameExtents(TensorType x) {
    List<Long> built = connections().extents();
    for (int i = 0; i < built.size(); i++) {
      if (!x.shape().dim(i + 2).is(built.get(i))) {
        throw refuse(
            "NN-011",
            "was built for inputs of %s, got others".formatted(built),
            x,
            "each place has its own kernel; make another layer for inputs of another size");
      }
    }
  }

  @Override
  boolean takesLora() {
    return false;
  }

  @Override
  void configureShape(Config config) {
    filters = Allowed.atLeast(1, this, "filters", config.integer("filters", filters));
    configureWindows(config);
    implementation(config.integer("implementation", implementation));
  }
}
