package dev.sardonyx.ir.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The dimensions of a tensor; {@link #UNRANKED} where not even their number is known. */
public final class Shape {
  public static final Shape UNRANKED = new Shape(List.of(), false);
  public static final Shape SCALAR = new Shape(List.of(), true);

  private final List<Dim> dims;
  private final boolean ranked;

  private Shape(List<Dim> dims, boolean ranked) {
    this.dims = dims;
    this.ranked = ranked;
  }

  public static Shape of(List<Dim> dims) {
    return new Shape(List.copyOf(dims), true);
  }

  public static Shape of(Dim... dims) {
    return of(Arrays.asList(dims));
  }

  public static Shape of(long... dims) {
    return of(Arrays.stream(dims).mapToObj(Dim::of).toList());
  }

  /**
   * The shape that {@code text} describes: {@code [N,3]}, {@code []} or {@code [*]}; an {@link
   * IllegalArgumentException} if it describes none.
   */
  public static Shape parse(String text) {
    if (text.length() < 2 || !text.startsWith("[") || !text.endsWith("]")) {
      throw new IllegalArgumentException("a shape looks like [N,3], got \"" + text + "\"");
    }
    String inside = text.substring(1, text.length() - 1).strip();
    if (inside.equals("*")) {
      return UNRANKED;
    }
    return inside.isEmpty() ? SCALAR : of(Dim.parseList(inside));
  }

  public boolean isRanked() {
    return ranked;
  }

  /** The number of dimensions; an {@link IllegalStateException} for {@link #UNRANKED}. */
  public int rank() {
    return dims().size();
  }

  /** The dimensions, outermost first; an {@link IllegalStateException} for {@link #UNRANKED}. */
  public List<Dim> dims() {
    if (!ranked) {
      throw new IllegalStateException("this shape's rank is unknown");
    }
    return dims;
  }

  /** The dimension of {@code axis}; a negative axis counts from the end. */
  public Dim dim(int axis) {
    return dims().get(axis < 0 ? axis + rank() : axis);
  }

  /** Whether every dimension is a number. */
  public boolean isFixed() {
    return ranked && dims.stream().allMatch(Dim::isFixed);
  }

  /** The dimensions as numbers; an {@link IllegalStateException} unless {@link #isFixed}. */
  public long[] fixed() {
    return dims().stream().mapToLong(Dim::value).toArray();
  }

  /** The number of elements; {@link Dim#UNKNOWN} where it cannot be said. */
  public Dim size() {
    if (!ranked) {
      return Dim.UNKNOWN;
    }
    Dim size = Dim.ONE;
    for (Dim dim : dims) {
      size = size.times(dim);
    }
    return size;
  }

  /** Whether both are certainly the same at run time: equal and nowhere unknown. */
  public boolean provablySame(Shape other) {
    return ranked && equals(other) && dims.stream().noneMatch(Dim::isUnknown);
  }

  /** The shape of what has one of two shapes: unknown wherever they differ. */
  public Shape join(Shape other) {
    if (!ranked || !other.ranked || dims.size() != other.dims.size()) {
      return UNRANKED;
    }
    List<Dim> joined = new ArrayList<>(dims.size());
    for (int i = 0; i < dims.size(); i++) {
      joined.add(dims.get(i).equals(other.dims.get(i)) ? dims.get(i) : Dim.UNKNOWN);
    }
    return of(joined);
  }

  /** This shape with one more dimension, before {@code axis} of the result. */
  public Shape insert(int axis, Dim dim) {
    List<Dim> longer = new ArrayList<>(dims());
    longer.add(axis < 0 ? axis + rank() + 1 : axis, dim);
    return of(longer);
  }

  /** This shape without the dimension of {@code axis}. */
  public Shape remove(int axis) {
    List<Dim> shorter = new ArrayList<>(dims());
    shorter.remove(axis < 0 ? axis + rank() : axis);
    return of(shorter);
  }

  /** This shape with the dimension of {@code axis} replaced. */
  public Shape with(int axis, Dim dim) {
    List<Dim> copy = new ArrayList<>(dims());
    copy.set(axis < 0 ? axis + rank() : axis, dim);
    return of(copy);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shape s && ranked == s.ranked && dims.equals(s.dims);
  }

  @Override
  public int hashCode() {
    return dims.hashCode() + (ranked ? 1 : 0);
  }

  @Override
  public String toString() {
    return ranked
        ? dims.stream().map(Dim::toString).collect(Collectors.joining(",", "[", "]"))
        : "[*]";
  }
}
