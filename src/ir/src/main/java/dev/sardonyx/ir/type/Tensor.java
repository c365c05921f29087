package dev.sardonyx.ir.type;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Immutable data of a fixed shape in the host's memory, row-major.
 *
 * <p>The bytes lie in a direct little-endian buffer, as ONNX files and ONNX Runtime want them, so
 * that neither needs a copy. Types below eight bits are packed, first element in the low bits;
 * booleans take a byte. Equality is by type, shape and content.
 */
public final class Tensor {
  private final TensorType type;
  private final ByteBuffer data;
  private final List<String> strings;
  private int hash;

  private Tensor(TensorType type, ByteBuffer data, List<String> strings) {
    this.type = type;
    this.data = data;
    this.strings = strings;
  }

  /**
   * A tensor over {@code data}, which is not copied and must not be changed afterwards. The bytes
   * from position to limit must be exactly those of the shape; an {@link IllegalArgumentException}
   * otherwise.
   */
  public static Tensor wrap(ElementType element, long[] dims, ByteBuffer data) {
    long expected = bytes(element, dims);
    if (element == ElementType.STRING || data.remaining() != expected) {
      throw new IllegalArgumentException(
          "%s%s needs %s bytes, got %s"
              .formatted(element, Shape.of(dims), expected, data.remaining()));
    }
    ByteBuffer direct = data.isDirect() ? data.slice() : copy(data);
    return new Tensor(
        TensorType.of(element, dims),
        direct.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN),
        List.of());
  }

  /** A fresh buffer for a tensor of this type and shape, to be filled and then {@link #wrap}ped. */
  public static ByteBuffer allocate(ElementType element, long... dims) {
    long bytes = bytes(element, dims);
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s%s needs %s bytes, more than 2 GiB".formatted(element, Shape.of(dims), bytes));
    }
    return ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer copy(ByteBuffer data) {
    return ByteBuffer.allocateDirect(data.remaining()).put(data.duplicate()).flip();
  }

  private static long count(long[] dims) {
    long count = 1;
    for (long dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException("negative dimension in " + Arrays.toString(dims));
      }
      count = Math.multiplyExact(count, dim);
    }
    return count;
  }

  private static long bytes(ElementType element, long[] dims) {
    try {
      return element.bytesFor(count(dims));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "%s%s has more elements than a tensor can".formatted(element, Shape.of(dims)), e);
    }
  }

  /** Float data; without {@code dims} a vector. */
  public static Tensor of(float[] values, long... dims) {
    ByteBuffer data = allocate(ElementType.FLOAT32, values.length);
    data.asFloatBuffer().put(values);
    return wrap(ElementType.FLOAT32, orVector(dims, values.length), data);
  }

  public static Tensor of(double[] values, long... dims) {
    ByteBuffer data = allocate(ElementType.FLOAT64, values.length);
    data.asDoubleBuffer().put(values);
    return wrap(ElementType.FLOAT64, orVector(dims, values.length), data);
  }

  public static Tensor of(long[] values, long... dims) {
    ByteBuffer data = allocate(ElementType.INT64, values.length);
    data.asLongBuffer().put(values);
    return wrap(ElementType.INT64, orVector(dims, values.length), data);
  }

  public static Tensor of(int[] values, long... dims) {
    ByteBuffer data = allocate(ElementType.INT32, values.length);
    data.asIntBuffer().put(values);
    return wrap(ElementType.INT32, orVector(dims, values.length), data);
  }

  public static Tensor of(boolean[] values, long... dims) {
    ByteBuffer data = allocate(ElementType.BOOL, values.length);
    for (boolean value : values) {
      data.put((byte) (value ? 1 : 0));
    }
    return wrap(ElementType.BOOL, orVector(dims, values.length), data.flip());
  }

  public static Tensor ofStrings(List<String> values, long... dims) {
    long[] shape = orVector(dims, values.size());
    if (count(shape) != values.size()) {
      throw new IllegalArgumentException(values.size() + " strings do not fill " + Shape.of(shape));
    }
    return new Tensor(
        TensorType.of(ElementType.STRING, shape),
        ByteBuffer.allocateDirect(0),
        List.copyOf(values));
  }

  /** Rows of equal length; an {@link IllegalArgumentException} for ragged ones. */
  public static Tensor of(float[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    ByteBuffer data = allocate(ElementType.FLOAT32, rows.length, columns);
    FloatBuffer floats = data.asFloatBuffer();
    for (float[] row : rows) {
      if (row.length != columns) {
        throw new IllegalArgumentException(
            "ragged rows: the first has " + columns + " columns, another " + row.length);
      }
      floats.put(row);
    }
    return wrap(ElementType.FLOAT32, new long[] {rows.length, columns}, data);
  }

  /** One number of the given type, as a scalar. */
  public static Tensor scalar(ElementType element, double value) {
    return full(element, value);
  }

  public static Tensor scalar(float value) {
    return scalar(ElementType.FLOAT32, value);
  }

  public static Tensor scalar(long value) {
    ByteBuffer data = allocate(ElementType.INT64);
    return wrap(ElementType.INT64, new long[0], data.putLong(0, value));
  }

  public static Tensor zeros(ElementType element, long... dims) {
    return wrap(element, dims, allocate(element, dims));
  }

  /** Every element the same number. */
  public static Tensor full(ElementType element, double value, long... dims) {
    ByteBuffer data = allocate(element, dims);
    long n = count(dims);
    for (int i = 0; i < n; i++) {
      Numbers.put(element, data, i, value);
    }
    return wrap(element, dims, data);
  }

  /** Numbers converted to {@code element}, rounding as a cast does; no dims is a scalar. */
  public static Tensor from(ElementType element, double[] values, long[] dims) {
    ByteBuffer data = allocate(element, values.length);
    for (int i = 0; i < values.length; i++) {
      Numbers.put(element, data, i, values[i]);
    }
    return wrap(element, dims, data);
  }

  private static long[] orVector(long[] dims, int length) {
    return dims.length == 0 ? new long[] {length} : dims;
  }

  public TensorType type() {
    return type;
  }

  public ElementType element() {
    return type.element();
  }

  public Shape shape() {
    return type.shape();
  }

  public long[] dims() {
    return type.shape().fixed();
  }

  /** The number of elements. */
  public long size() {
    return count(dims());
  }

  /** The bytes, read-only, little-endian; a new view at every call. Empty for strings. */
  public ByteBuffer bytes() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The elements of a string tensor. */
  public List<String> strings() {
    return strings;
  }

  /** A view of float32 data; an {@link IllegalStateException} for another type. */
  public FloatBuffer floats() {
    require(ElementType.FLOAT32);
    return bytes().asFloatBuffer();
  }

  /** A view of int64 data; an {@link IllegalStateException} for another type. */
  public LongBuffer longs() {
    require(ElementType.INT64);
    return bytes().asLongBuffer();
  }

  private void require(ElementType wanted) {
    if (element() != wanted) {
      throw new IllegalStateException("this tensor holds " + type + ", not " + wanted);
    }
  }

  /** Element {@code index} (row-major) of a numeric or boolean tensor, as a double. */
  public double getDouble(long index) {
    return Numbers.get(element(), data, Math.toIntExact(index));
  }

  /** Element {@code index} of an integer tensor, exactly. */
  public long getLong(long index) {
    return element() == ElementType.INT64
        ? longs().get(Math.toIntExact(index))
        : Numbers.getInteger(element(), data, Math.toIntExact(index));
  }

  public float[] toFloatArray() {
    float[] out = new float[Math.toIntExact(size())];
    if (element() == ElementType.FLOAT32) {
      floats().get(out);
    } else {
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) getDouble(i);
      }
    }
    return out;
  }

  public double[] toDoubleArray() {
    double[] out = new double[Math.toIntExact(size())];
    for (int i = 0; i < out.length; i++) {
      out[i] = getDouble(i);
    }
    return out;
  }

  public long[] toLongArray() {
    long[] out = new long[Math.toIntExact(size())];
    for (int i = 0; i < out.length; i++) {
      out[i] = getLong(i);
    }
    return out;
  }

  /** The same data in another shape of the same size; nothing is copied. */
  public Tensor reshape(long... dims) {
    if (count(dims) != size()) {
      throw new IllegalArgumentException(type + " cannot take the shape " + Shape.of(dims));
    }
    return new Tensor(TensorType.of(element(), dims), data, strings);
  }

  /**
   * Rows {@code from} (inclusive) to {@code to} (exclusive) of the first axis; not copied. An
   * {@link IllegalArgumentException} for rows that do not exist or, of types below eight bits, do
   * not start at a byte.
   */
  public Tensor rows(long from, long to) {
    long[] dims = dims();
    if (dims.length == 0 || from < 0 || to < from || to > dims[0]) {
      throw new IllegalArgumentException("%s has no rows %s to %s".formatted(type, from, to));
    }
    long rowBits = element().bits();
    for (int i = 1; i < dims.length; i++) {
      rowBits *= dims[i];
    }
    if (rowBits % 8 != 0) {
      throw new IllegalArgumentException("the rows of " + type + " do not start at bytes");
    }
    dims[0] = to - from;
    if (element() == ElementType.STRING) {
      return ofStrings(stringRows(from, to), dims);
    }
    int rowBytes = Math.toIntExact(rowBits / 8);
    ByteBuffer part =
        data.slice(Math.toIntExact(from * rowBytes), Math.toIntExact((to - from) * rowBytes));
    return wrap(element(), dims, part);
  }

  private List<String> stringRows(long from, long to) {
    int row = dims()[0] == 0 ? 0 : (int) (strings.size() / dims()[0]);
    return strings.subList((int) from * row, (int) to * row);
  }

  @Override
  public boolean equals(Object o) {
    return this == o
        || o instanceof Tensor t
            && type.equals(t.type)
            && hashCode() == t.hashCode()
            && strings.equals(t.strings)
            && data.equals(t.data);
  }

  /** Of the type and the first bytes only: enough to tell constants apart, cheap for weights. */
  @Override
  public int hashCode() {
    if (hash == 0) {
      ByteBuffer head = data.slice(0, Math.min(64, data.limit()));
      hash = 31 * type.hashCode() + 31 * strings.hashCode() + head.hashCode();
    }
    return hash;
  }

  /** The type, and the elements where they are few. */
  @Override
  public String toString() {
    if (element() == ElementType.STRING) {
      return type + " " + strings;
    }
    return size() <= 16 && Numbers.isReadable(element())
        ? type + " " + Arrays.toString(toDoubleArray())
        : type.toString();
  }
}
