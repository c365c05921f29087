package dev.sardonyx.keras;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model as Keras saved it: architecture, weights and assets, checked as a file and not yet
 * understood as layers.
 *
 * <p>What kind of file it is, its content says; its name does not count. Opening reads the
 * architecture and the whole structure of the weights, and refuses what is damaged or hostile;
 * {@link Dataset#read} then reads data while this is open.
 */
public final class KerasFile implements AutoCloseable {
  /** Opens any file of Keras that has an architecture, within {@link Limits#DEFAULT}. */
  public static KerasFile open(Path path) {
    return open(path, Limits.DEFAULT);
  }

  /**
   * Opens any file of Keras that has an architecture: a {@code .keras} archive or folder, a whole
   * model in HDF5, or the JSON of {@code to_json()}, which has no weights.
   *
   * @throws dev.sardonyx.ir.diagnostic.DiagnosticException (KERAS-…) where it is no such file
   */
  public static KerasFile open(Path path, Limits limits) {
    throw new UnsupportedOperationException();
  }

  /** Opens an architecture and its weights, within {@link Limits#DEFAULT}. */
  public static KerasFile open(Path architectureJson, Path weights) {
    return open(architectureJson, weights, Limits.DEFAULT);
  }

  /**
   * Opens an architecture with the weights of another file, as {@code save_weights()} writes them:
   * {@code .weights.h5} of Keras 3, the {@code .weights.json} of several such files, or HDF5 of
   * Keras 1 and 2.
   */
  public static KerasFile open(Path architectureJson, Path weights, Limits limits) {
    throw new UnsupportedOperationException();
  }

  /** The file's name, for diagnostics. */
  public String name() {
    throw new UnsupportedOperationException();
  }

  public Format format() {
    throw new UnsupportedOperationException();
  }

  /**
   * The architecture: an object with {@code class_name} and {@code config}, of maps in the file's
   * order, lists, strings, booleans, null, and numbers, which are Long, BigInteger beyond, or
   * Double; NaN and infinities occur.
   */
  public Map<String, @Nullable Object> architecture() {
    throw new UnsupportedOperationException();
  }

  /** The version of Keras that wrote the file ({@code 3.15.1}, {@code 2.2.4-tf}) or "unknown". */
  public String kerasVersion() {
    throw new UnsupportedOperationException();
  }

  /** What {@code compile()} was told, in the file's own form; null where it was not called. */
  public @Nullable Map<String, @Nullable Object> trainingConfig() {
    throw new UnsupportedOperationException();
  }

  /** The weights; null for an architecture alone. */
  public @Nullable Weights weights() {
    throw new UnsupportedOperationException();
  }

  /** The names of the assets: {@code assets/layers/string_lookup/vocabulary.txt}. */
  public Set<String> assets() {
    throw new UnsupportedOperationException();
  }

  /** The bytes of the asset with exactly this name, or null where there is none. */
  public byte @Nullable [] asset(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
