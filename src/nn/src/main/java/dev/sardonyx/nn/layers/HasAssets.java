package dev.sardonyx.nn.layers;

import java.util.Map;

/** A layer that keeps files beside its weights: the vocabulary that it was adapted to. */
public interface HasAssets {
  /** The files by name, {@code vocabulary.txt}; none where the configuration says it all. */
  Map<String, byte[]> assets();

  /** Takes one of these files; a Diagnostic for bytes that are none. */
  void asset(String name, byte[] bytes);
}
