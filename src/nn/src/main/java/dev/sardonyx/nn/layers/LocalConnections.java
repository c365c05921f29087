package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Which elements of the input each place of a {@link LocallyConnectedLayer} sees, and the products
 * that follow. All forms of the kernel are brought to the first, [places, features, filters]: the
 * features of a place are its window's elements and their channels in the order of the data format.
 *
 * @param extents of the input's spatial axes
 */
record LocalConnections(
    WindowGrid windows, DataFormat format, List<Long> extents, long channels, long filters) {
  private boolean channelsLast() {
    return format == DataFormat.CHANNELS_LAST;
  }

  /** The result's spatial extents. */
  List<Long> places() {
    List<Long> places = new ArrayList<>();
    for (int i = 0; i < extents.size(); i++) {
      long lost = windows.padding() == Padding.SAME ? 0 : windows.size().get(i) - 1;
      long stride = windows.strides().get(i);
      places.add((extents.get(i) - lost + stride - 1) / stride);
    }
    return places;
  }

  long[] kernelDims(int implementation) {
    return switch (implementation) {
      case 1 -> new long[] {product(places()), features(), filters};
      case 2 -> LongStream.concat(dims(extents, channels), dims(places(), filters)).toArray();
      default -> {
        long seen = Arrays.stream(seen()).filter(at -> at < product(extents)).count();
        yield new long[] {seen * channels * filters};
      }
    };
  }

  private LongStream dims(List<Long> spatial, long last) {
    LongStream axes = spatial.stream().mapToLong(d -> d);
    return channelsLast()
        ? LongStream.concat(axes, LongStream.of(last))
        : LongStream.concat(LongStream.of(last), axes);
  }

  private long features() {
    return product(windows.size()) * channels;
  }

  private static long product(List<Long> numbers) {
    return numbers.stream().reduce(1L, Math::multiplyExact);
  }

  /** For each place its window's elements in the flat input; those outside lie behind it. */
  private long[] seen() {
    int count = (int) product(places());
    int size = (int) product(windows.size());
    long[] seen = new long[Math.multiplyExact(count, size)];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = at(digits(i / size, places()), digits(i % size, windows.size()));
    }
    return seen;
  }

  private long at(long[] place, long[] element) {
    long flat = 0;
    for (int i = 0; i < place.length; i++) {
      // Not TensorFlow's rule for padding: Keras 2 takes the window's middle, rounded up.
      long before = windows.padding() == Padding.SAME ? windows.size().get(i) / 2 : 0;
      long at = place[i] * windows.strides().get(i) - before + element[i];
      if (at < 0 || at >= extents.get(i)) {
        return product(extents);
      }
      flat = flat * extents.get(i) + at;
    }
    return flat;
  }

  private static long[] digits(long flat, List<Long> dims) {
    long[] digits = new long[dims.size()];
    long rest = flat;
    for (int i = dims.size() - 1; i >= 0; i--) {
      digits[i] = rest % dims.get(i);
      rest /= dims.get(i);
    }
    return digits;
  }

  /** A kernel of the form {@code implementation} in the first form. */
  Value byPlace(Value kernel, int implementation) {
    if (implementation == 1) {
      return kernel;
    }
    long[] index = implementation == 2 ? inMatrix() : inList();
    Value flat = kernel.reshape(-1).pad(new long[] {0, 1}, 0);
    long[] dims = {product(places()), features(), filters};
    return flat.gather(Value.constant(Tensor.of(index, dims)), 0);
  }

  /** The spatial element of the window that a feature belongs to, and its channel. */
  private long[] feature(int j) {
    long size = product(windows.size());
    return channelsLast()
        ? new long[] {j / channels, j % channels}
        : new long[] {j % size, j / size};
  }

  /** Where the kernel's elements lie in a matrix from all inputs to all results. */
  private long[] inMatrix() {
    long[] seen = seen();
    long space = product(extents);
    long count = product(places());
    long results = count * filters;
    return index(
        (place, j, filter) -> {
          long[] feature = feature(j);
          long at = seen[(int) (place * product(windows.size()) + feature[0])];
          long from = channelsLast() ? at * channels + feature[1] : feature[1] * space + at;
          long to = channelsLast() ? place * filters + filter : filter * count + place;
          return at == space ? space * channels * results : from * results + to;
        });
  }

  /** Where they lie in a list ordered by result, then by input. */
  private long[] inList() {
    long[] seen = seen();
    long space = product(extents);
    int size = (int) product(windows.size());
    int count = (int) product(places());
    long[] before = new long[count + 1]; // inputs seen by the places before
    long[][] rank = new long[count][(int) features()];
    for (int place = 0; place < count; place++) {
      int found = 0;
      for (int j = 0; j < features(); j++) {
        boolean outside = seen[place * size + (int) feature(j)[0]] == space;
        rank[place][j] = outside ? -1 : found++;
      }
      before[place + 1] = before[place] + found;
    }
    return index(
        (place, j, filter) -> {
          long own = before[place + 1] - before[place];
          long first =
              channelsLast()
                  ? before[place] * filters + filter * own
                  : filter * before[count] + before[place];
          return rank[place][j] < 0 ? before[count] * filters : first + rank[place][j];
        });
  }

  private interface Position {
    long of(int place, int feature, long filter);
  }

  private long[] index(Position position) {
    long[] index = new long[Math.toIntExact(product(places()) * features() * filters)];
    for (int i = 0; i < index.length; i++) {
      int row = (int) (i / filters);
      int width = (int) features();
      index[i] = position.of(row / width, row % width, i % filters);
    }
    return index;
  }

  /** The products of all windows of [batch, channels, …] with a kernel of the first form. */
  Value product(Value x, Value kernel) {
    Value seen = Value.constant(Tensor.of(seen(), product(places()), product(windows.size())));
    Value patches = x.reshape(0, 0, product(extents)).pad(new long[] {0, 0, 0, 0, 0, 1}, 0);
    Value byPlace = patches.gather(seen, 2); // batch, channels, places, elements
    Value rows =
        (channelsLast() ? byPlace.transpose(2, 0, 3, 1) : byPlace.transpose(2, 0, 1, 3))
            .reshape(0, 0, features());
    LongStream spatial = places().stream().mapToLong(p -> p);
    long[] dims = LongStream.concat(LongStream.of(0, 0), spatial).toArray();
    return rows.matMul(kernel).transpose(1, 2, 0).reshape(dims);
  }

  /** A bias [places…, filters] for a result that has its channels first. */
  Value bias(Value bias) {
    LongStream spatial = places().stream().mapToLong(p -> p);
    return channelsLast()
        ? Axes.move(bias, extents.size(), 0).unsqueeze(0)
        // Keras 2 does not transpose it, but reads its elements in their order.
        : bias.reshape(LongStream.concat(LongStream.of(1, filters), spatial).toArray());
  }
}
