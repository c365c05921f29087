package dev.sardonyx.keras;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that members of a {@code .keras} archive may have. */
final class ZipNames {
  static final String METADATA = "metadata.json";
  static final String CONFIG = "config.json";
  static final String WEIGHTS = "model.weights.h5";
  static final String ASSETS = "assets/";
  static final String NPZ = "model.weights.npz";

  private static final Set<String> KNOWN = Set.of(METADATA, CONFIG, WEIGHTS, NPZ);

  private ZipNames() {}

  /** What desktops add to archives that they pack. */
  static boolean isRubbish(String name) {
    return name.startsWith("__MACOSX/") && refusal(name) == null
        || name.equals(".DS_Store")
        || name.endsWith("/.DS_Store") && refusal(name) == null;
  }

  /** Refuses (KERAS-003) a name that leads elsewhere, or that no archive of Keras has. */
  static void require(String name, Source source) {
    String refusal = refusal(name);
    if (refusal == null && !KNOWN.contains(name) && !name.startsWith(ASSETS)) {
      refusal = "is none that Keras writes";
    }
    if (refusal != null) {
      throw source.refuse(
          "KERAS-003",
          name,
          "the name of a member of the archive " + refusal,
          "member: " + name,
          "Keras writes metadata.json, config.json, model.weights.h5 and files in assets/: save"
              + " the model again");
    }
  }

  private static @Nullable String refusal(String name) {
    if (name.isEmpty() || name.startsWith("/") || name.matches("(?s)[A-Za-z]:.*")) {
      return "is empty or absolute";
    }
    if (name.indexOf('\\') >= 0
        || name.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == 0xfffd)) {
      return "has backslashes, control characters or bad UTF-8";
    }
    String[] parts = name.split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean folderEnd = i > 0 && i == parts.length - 1 && parts[i].isEmpty();
      if (parts[i].equals("..") || parts[i].equals(".") || parts[i].isEmpty() && !folderEnd) {
        return "leads elsewhere";
      }
    }
    return null;
  }
}
