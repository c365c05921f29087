package dev.sardonyx.onnx;

/**
 * Which weights are written into files beside the model, as models of more than 2 GiB need it, and
 * as it lets a runtime map weights into memory.
 *
 * <p>The files are called after the model: {@code net.onnx.data}, then {@code net.onnx.data_1} and
 * so on.
 *
 * @param threshold weights of at least as many bytes lie outside
 * @param maxFileBytes a file that has reached this size is followed by another; a weight is never
 *     split, so that a file may be larger by one
 */
public record ExternalStorage(long threshold, long maxFileBytes) {
  /** Weights of 1 KiB and more in one file. */
  public static final ExternalStorage DEFAULT = new ExternalStorage(1024, Long.MAX_VALUE);

  public ExternalStorage {
    if (threshold < 0 || maxFileBytes < 1) {
      throw new IllegalArgumentException(
          "threshold %s, maxFileBytes %s".formatted(threshold, maxFileBytes));
    }
  }

  /** Weights of 1 KiB and more in files of about this size. */
  public static ExternalStorage sharded(long maxFileBytes) {
    return new ExternalStorage(DEFAULT.threshold, maxFileBytes);
  }
}
