package dev.sardonyx.build;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names that are the same file on every system and in every archive, below the directory that they
 * are resolved against.
 */
final class ResourceName {
  private static final int LONGEST = 200;

  /** Windows takes these for devices, whatever follows a dot. */
  private static final Set<String> DEVICES =
      Set.of(
          "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
          "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

  private ResourceName() {}

  /** Why {@code name} cannot be a model's, or null if it can. */
  static @Nullable String refuseModel(String name) {
    for (String segment : name.split("/", -1)) {
      if (segment.toLowerCase(Locale.ROOT).endsWith(".onnx")) {
        return ".onnx is added by the build";
      }
    }
    return refusePath(name);
  }

  /** Why {@code name} is no relative path that stays below its directory, or null if it is. */
  static @Nullable String refusePath(String name) {
    if (name.length() > LONGEST) {
      return "it is longer than " + LONGEST + " characters";
    }
    if (name.startsWith("/")) {
      return "it is absolute";
    }
    for (String segment : name.split("/", -1)) {
      String reason = refuseSegment(segment);
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  private static @Nullable String refuseSegment(String segment) {
    if (segment.isEmpty()) {
      return "a part of it is empty";
    }
    if (segment.startsWith(".") || segment.endsWith(".")) {
      return "a part of it begins or ends with a dot";
    }
    String strange =
        segment
            .codePoints()
            .filter(c -> !Character.isLetterOrDigit(c) && "_-.$".indexOf(c) < 0)
            .mapToObj(Character::toString)
            .findFirst()
            .orElse("");
    if (!strange.isEmpty()) {
      return "it has the character '" + strange + "'";
    }
    int dot = segment.indexOf('.');
    String stem = dot < 0 ? segment : segment.substring(0, dot);
    return DEVICES.contains(stem.toLowerCase(Locale.ROOT))
        ? "\"" + stem + "\" is a device on Windows"
        : null;
  }
}
