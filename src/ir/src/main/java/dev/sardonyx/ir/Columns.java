package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Col2Im takes and gives, and how it is said in other operators. */
final class Columns {
  private static final int IMAGE = 1;
  private static final int BLOCK = 2;

  private Columns() {}

  static Shape shape(Inference in, Blocks.Col2Im op) {
    List<Dim> image = Vectors.int64s(in, IMAGE);
    List<Dim> block = Vectors.int64s(in, BLOCK);
    Shape x = in.shape(0);
    if (x.isRanked() && x.rank() != 3) {
      throw in.fail(
          "SHAPE-070",
          "takes an input of rank 3, got rank " + x.rank(),
          "its axes are batch, channels times elements of a window, and windows");
    }
    int spatial = image != null ? image.size() : block != null ? block.size() : -1;
    if (spatial < 0) {
      return Shape.UNRANKED;
    }
    Vectors.requireLength(in, BLOCK, block, spatial);
    Windows.check(in, spatial, List.of(), op.strides(), op.dilations(), op.pads());
    checkExtents(in, IMAGE, image);
    checkExtents(in, BLOCK, block);
    List<Dim> dims = new ArrayList<>();
    dims.add(x.isRanked() ? x.dim(0) : Dim.UNKNOWN);
    dims.add(channels(in, x, block));
    checkCount(in, op, x, image, block);
    for (int i = 0; i < spatial; i++) {
      dims.add(image == null ? Dim.UNKNOWN : image.get(i));
    }
    return Shape.of(dims);
  }

  private static void checkExtents(Inference in, int i, @Nullable List<Dim> extents) {
    if (extents != null) {
      Vectors.requireExtents(in, i, extents);
    }
  }

  private static Dim channels(Inference in, Shape x, @Nullable List<Dim> block) {
    Dim size = block == null ? Dim.UNKNOWN : Shape.of(block).size();
    if (!x.isRanked() || size.is(0)) {
      return Dim.UNKNOWN;
    }
    boolean known = x.dim(1).isFixed() && size.isFixed();
    if (known && x.dim(1).value() % size.value() != 0) {
      throw in.fail(
          "SHAPE-076",
          "cannot part %s rows into windows of %s elements".formatted(x.dim(1), size),
          "the second axis holds the elements of a window for every channel");
    }
    return x.dim(1).floorDiv(size);
  }

  private static void checkCount(
      Inference in,
      Blocks.Col2Im op,
      Shape x,
      @Nullable List<Dim> image,
      @Nullable List<Dim> block) {
    List<Window> windows = block == null ? null : windows(op, block);
    if (windows == null || image == null || !x.isRanked()) {
      return;
    }
    Dim count = Shape.of(narrow(windows, image)).size();
    if (count.isFixed() && x.dim(2).isFixed() && !count.equals(x.dim(2))) {
      throw in.fail(
          "SHAPE-077",
          "has %s columns for %s windows".formatted(x.dim(2), count),
          "the third axis holds one column for each window of the padded image");
    }
  }

  private static @Nullable List<Window> windows(Blocks.Col2Im op, List<Dim> block) {
    if (!block.stream().allMatch(d -> d.isFixed() && d.value() > 0)) {
      return null;
    }
    List<Long> kernel = block.stream().map(Dim::value).toList();
    return Windows.of(AutoPad.NOTSET, kernel, op.strides(), op.dilations(), op.pads()).axes();
  }

  private static List<Dim> narrow(List<Window> windows, List<Dim> image) {
    List<Dim> counts = new ArrayList<>();
    for (int i = 0; i < image.size(); i++) {
      counts.add(windows.get(i).count(image.get(i)));
    }
    return counts;
  }

  /**
   * A transposed convolution whose kernel puts each element at its own place; null unless the
   * extents of image and window are known.
   */
  static @Nullable List<@Nullable Value> expand(Expansion e, Blocks.Col2Im op) {
    List<Dim> block = e.x(BLOCK).node().content();
    Shape y = e.node().output().shape();
    boolean floats = e.element(0).isFloat();
    if (!floats || block == null || !y.isRanked()) {
      return null;
    }
    List<Window> windows = windows(op, block);
    List<Dim> image = y.dims().subList(2, y.rank());
    if (windows == null || !image.stream().allMatch(Dim::isFixed)) {
      return null;
    }
    long elements = Shape.of(block).size().value();
    List<Long> folded = new ArrayList<>(List.of(-1L, elements));
    narrow(windows, image).forEach(count -> folded.add(count.value()));
    Value columns = e.x().reshape(folded.stream().mapToLong(v -> v).toArray());
    Value like = Value.constant(Tensor.zeros(ElementType.BOOL, ofImage(image)));
    Value images = new Correlation(windows, 1).spread(columns, kernel(e.element(0), windows), like);
    return List.of(Extents.reshape(images, y, () -> shapeOf(e, y)));
  }

  private static long[] ofImage(List<Dim> image) {
    List<Long> dims = new ArrayList<>(List.of(1L, 1L));
    image.forEach(d -> dims.add(d.value()));
    return dims.stream().mapToLong(v -> v).toArray();
  }

  private static Value shapeOf(Expansion e, Shape y) {
    Value spatial = Value.longs(Shape.of(y.dims().subList(2, y.rank())).fixed());
    return Extents.join(List.of(Extents.axis(e.x(), 0), Value.longs(-1), spatial));
  }

  /** [b,1,…]: element k of a window is 1 at place k. */
  private static Value kernel(ElementType element, List<Window> windows) {
    long[] dims = new long[windows.size() + 2];
    long size = 1;
    for (int i = 0; i < windows.size(); i++) {
      dims[i + 2] = windows.get(i).kernel();
      size *= dims[i + 2];
    }
    dims[0] = size;
    dims[1] = 1;
    double[] values = new double[Math.toIntExact(size * size)];
    for (int k = 0; k < size; k++) {
      values[(int) (k * size + k)] = 1;
    }
    return Value.constant(Tensor.from(element, values, dims));
  }
}
