package dev.sardonyx.keras;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.function.Supplier;

/**
 * One array of a file: its type is known, its data are read when asked for.
 *
 * <p>{@code float16}, {@code float32}, {@code float64}, {@code bfloat16}, {@code bool} and integers
 * of 8 to 64 bits, signed or not. Keras stores bfloat16 as opaque bytes with an attribute that says
 * so, and int4 packed in int8.
 */
public final class Dataset {
  private final String path;
  private final ElementType element;
  private final long[] dims;
  private final Supplier<Tensor> data;

  Dataset(String path, ElementType element, long[] dims, Supplier<Tensor> data) {
    this.path = path;
    this.element = element;
    this.dims = dims.clone();
    this.data = data;
  }

  /** A dataset of data that are here already, as tests have them. */
  public static Dataset of(String path, Tensor tensor) {
    return new Dataset(path, tensor.element(), tensor.dims(), () -> tensor);
  }

  /** Where it lies in its file: {@code layers/dense/vars/0}. */
  public String path() {
    return path;
  }

  public ElementType element() {
    return element;
  }

  /** The shape; empty for a scalar. */
  public long[] dims() {
    return dims.clone();
  }

  /**
   * Reads the data, anew at each call.
   *
   * @throws dev.sardonyx.ir.diagnostic.DiagnosticException where the bytes cannot be read
   * @throws IllegalStateException when the {@link KerasFile} is closed
   */
  public Tensor read() {
    return data.get();
  }

  /** Type and shape: {@code float32[3,4]}. */
  @Override
  public String toString() {
    return element + Shape.of(dims).toString();
  }
}
