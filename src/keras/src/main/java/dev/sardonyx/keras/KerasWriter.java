package dev.sardonyx.keras;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files that Keras loads. The same content gives the same bytes, and a file is written
 * whole or not at all.
 *
 * <p>An architecture is made of maps, lists, strings, numbers, booleans and null; see {@link
 * KerasFile#architecture}.
 */
public final class KerasWriter {
  private KerasWriter() {}

  /**
   * A {@code .keras} archive of Keras 3.
   *
   * @param metadata of {@code metadata.json}: {@code keras_version}, {@code date_saved}
   * @param assets by the names of their members, which begin with {@code assets/}
   */
  public static void writeArchive(
      Path file,
      Map<String, ? extends @Nullable Object> architecture,
      Map<String, ? extends @Nullable Object> metadata,
      WeightTree weights,
      Map<String, byte[]> assets) {
    throw new UnsupportedOperationException();
  }

  /** A whole model in HDF5 ({@code .h5}). */
  public static void writeHdf5(
      Path file,
      Map<String, ? extends @Nullable Object> architecture,
      String kerasVersion,
      @Nullable Map<String, ? extends @Nullable Object> trainingConfig,
      NamedTensors weights) {
    throw new UnsupportedOperationException();
  }

  /** A {@code .weights.h5} file of Keras 3. */
  public static void writeWeights(Path file, WeightTree weights) {
    throw new UnsupportedOperationException();
  }

  /** {@code to_json()}. */
  public static void writeJson(Path file, Map<String, ? extends @Nullable Object> architecture) {
    throw new UnsupportedOperationException();
  }
}
