package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import java.util.List;

/** Attributes of which one is given for words and another for numbers, and lists side by side. */
final class Alternatives {
  private Alternatives() {}

  /** Refuses anything but exactly one of two lists. */
  static void one(Inference in, String a, List<?> first, String b, List<?> second) {
    if (first.isEmpty() == second.isEmpty()) {
      throw in.fail(
          "ATTR-042",
          first.isEmpty()
              ? "has neither %s nor %s".formatted(a, b)
              : "has both %s and %s".formatted(a, b),
          "give exactly one of the two");
    }
  }

  /** Refuses two lists side by side of different lengths; the second may be absent. */
  static void parallel(Inference in, String a, List<?> first, String b, List<?> second) {
    if (!second.isEmpty() && first.size() != second.size()) {
      throw in.fail(
          "ATTR-070",
          "has %s elements in %s and %s in %s".formatted(first.size(), a, second.size(), b),
          "the two lists go side by side and have one length");
    }
  }

  /** Refuses an input that is not of words or of numbers, as the keys are. */
  static void keys(Inference in, boolean words) {
    if (words != (in.element(0) == ElementType.STRING)) {
      throw in.fail(
          "TYPE-022",
          "looks up %s, got %s".formatted(words ? "strings" : "numbers", in.element(0)),
          "give the keys in the attribute that is for the input's type");
    }
  }
}
