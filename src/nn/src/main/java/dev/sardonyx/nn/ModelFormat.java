package dev.sardonyx.nn;

import java.nio.file.Path;

/**
 * Files of another system that models are saved as and loaded from, found by {@link
 * java.util.ServiceLoader}. Those of Keras come with {@code sardonyx-keras} on the class path.
 */
public interface ModelFormat {
  /** Whether a model saved under this name is written so: by its extension. */
  boolean writes(Path file);

  /** Writes a model; what the format cannot hold is refused by name. */
  void write(Model model, Path file);

  /** Whether this file is one of the format's, by its content. */
  boolean reads(Path file);

  /** The model in a file. */
  Model read(Path file);
}
