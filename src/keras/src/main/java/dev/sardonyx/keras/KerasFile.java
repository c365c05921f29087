package dev.sardonyx.keras;

import java.nio.ByteBuffer;
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
 * {@link Dataset#read} then reads data while this is open. For one thread at a time.
 */
public final class KerasFile implements AutoCloseable {
  /** The version of a file that does not tell. */
  public static final String UNKNOWN_VERSION = "unknown";

  private final Content content;
  private final Opened opened;

  /** What the readers of the formats find. */
  record Content(
      String name,
      Format format,
      Map<String, @Nullable Object> architecture,
      String kerasVersion,
      @Nullable Map<String, @Nullable Object> trainingConfig,
      @Nullable Weights weights,
      Assets assets) {}

  KerasFile(Content content, Opened opened) {
    this.content = content;
    this.opened = opened;
  }

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
    return Opened.closingOnFailure(opened -> new KerasReader(opened, limits).open(path));
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
    return Opened.closingOnFailure(
        opened -> new KerasReader(opened, limits).open(architectureJson, weights));
  }

  /**
   * A file that is in memory, such as a resource of an application; recognised like one on disk.
   * The bytes are not copied and must not be changed while this is in use.
   *
   * @param name what diagnostics call it
   */
  public static KerasFile of(ByteBuffer bytes, String name, Limits limits) {
    return Opened.closingOnFailure(
        opened -> new KerasReader(opened, limits).read(ByteSource.of(bytes), new Source(name)));
  }

  /** The file's name, for diagnostics. */
  public String name() {
    return content.name();
  }

  public Format format() {
    return content.format();
  }

  /**
   * The architecture: an object with {@code class_name} and {@code config}, of maps in the file's
   * order, lists, strings, booleans, null, and numbers, which are Long, BigInteger beyond, or
   * Double; NaN and infinities occur.
   */
  public Map<String, @Nullable Object> architecture() {
    return content.architecture();
  }

  /**
   * The version of Keras that wrote the file ({@code 3.15.1}, {@code 2.2.4-tf}), or {@link
   * #UNKNOWN_VERSION}.
   */
  public String kerasVersion() {
    return content.kerasVersion();
  }

  /** What {@code compile()} was told, in the file's own form; null where it was not called. */
  public @Nullable Map<String, @Nullable Object> trainingConfig() {
    return content.trainingConfig();
  }

  /** The weights; null for an architecture alone. */
  public @Nullable Weights weights() {
    return content.weights();
  }

  /** The names of the assets: {@code assets/layers/string_lookup/vocabulary.txt}. */
  public Set<String> assets() {
    return content.assets().names();
  }

  /** The bytes of the asset with exactly this name, or null where there is none. */
  public byte @Nullable [] asset(String name) {
    return content.assets().read(name);
  }

  /** Closes the files; datasets that were not read cannot be read any more. */
  @Override
  public void close() {
    opened.close();
  }
}
