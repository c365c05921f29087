package dev.sardonyx.keras;

/**
 * The weights of a file, in one of the two layouts that Keras has had. Nothing is read until {@link
 * Dataset#read}.
 */
public sealed interface Weights permits ObjectWeights, NamedWeights {
  /** The file that holds them, for diagnostics. */
  String file();
}
