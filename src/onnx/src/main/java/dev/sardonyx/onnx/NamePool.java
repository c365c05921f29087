package dev.sardonyx.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The names that a file has given out: every name stands for one value in the whole file. */
final class NamePool {
  private static final char SEPARATOR = '$';

  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> counters = new HashMap<>();

  /** Takes a name; false if it is another's. */
  boolean take(String name) {
    return taken.add(name);
  }

  boolean isTaken(String name) {
    return taken.contains(name);
  }

  /** A name for what nobody has named: its operator and a counter. */
  String generated(String stem) {
    while (true) {
      String name = stem + SEPARATOR + (counters.merge(stem, 1, Integer::sum) - 1);
      if (taken.add(name)) {
        return name;
      }
    }
  }

  /** The name itself, or with a suffix that {@link #withoutSuffix} takes away again. */
  String distinct(String name) {
    return withoutSuffix(name).equals(name) && taken.add(name) ? name : generated(name);
  }

  static String withoutSuffix(String name) {
    int at = name.lastIndexOf(SEPARATOR);
    boolean suffix = at > 0 && at + 1 < name.length() && areDigits(name, at + 1);
    return suffix ? name.substring(0, at) : name;
  }

  /** Whether a file's name for a result of this operator is one that nobody gave. */
  static boolean isGenerated(String name, String type) {
    int digits = type.length() + 1;
    return name.length() > digits
        && name.startsWith(type)
        && name.charAt(type.length()) == SEPARATOR
        && areDigits(name, digits);
  }

  private static boolean areDigits(String name, int from) {
    return name.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
  }
}
