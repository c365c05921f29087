package dev.sardonyx.keras;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The files that layers keep beside the weights, by exact name; nothing is ever looked up. */
final class Assets {
  static final Assets NONE = new Assets(Set.of(), name -> new byte[0]);

  private final Set<String> names;
  private final Function<String, byte[]> bytes;

  Assets(Set<String> names, Function<String, byte[]> bytes) {
    this.names = Collections.unmodifiableSet(new TreeSet<>(names));
    this.bytes = bytes;
  }

  Set<String> names() {
    return names;
  }

  byte @Nullable [] read(String name) {
    return names.contains(name) ? bytes.apply(name) : null;
  }
}
