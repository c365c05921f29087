package dev.sardonyx.nn.data;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which name was meant. */
final class Spelling {
  private Spelling() {}

  /** The name that differs from {@code given} in the fewest letters; null if all differ in many. */
  static @Nullable String closest(String given, List<String> names) {
    int most = Math.min(3, given.length() / 2);
    return names.stream()
        .filter(name -> distance(given, name) <= most)
        .min(Comparator.comparingInt(name -> distance(given, name)))
        .orElse(null);
  }

  /** Levenshtein's distance, capitals aside. */
  private static int distance(String a, String b) {
    String x = a.toLowerCase(Locale.ROOT);
    String y = b.toLowerCase(Locale.ROOT);
    int[] above = new int[y.length() + 1];
    for (int j = 0; j <= y.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= x.length(); i++) {
      int[] row = new int[y.length() + 1];
      row[0] = i;
      for (int j = 1; j <= y.length(); j++) {
        int replaced = above[j - 1] + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[y.length()];
  }
}
