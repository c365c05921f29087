package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The equation of an {@link TensorAlgebra.Einsum}.
 *
 * @param terms for each input its letters, with one {@link #ELLIPSIS} for the three dots
 * @param output the same for the result
 */
record EinsumEquation(List<String> terms, String output) {
  private static final char ELLIPSIS = '.';
  private static final String TERM = "[A-Za-z]*\\.?[A-Za-z]*";

  /** The equation; an {@link IllegalArgumentException} if it has not the form of one. */
  static EinsumEquation parse(String text) {
    String marked = text.replace(" ", "").replace(".", "?").replace("???", ".");
    String[] sides = marked.split("->", -1);
    List<String> terms = List.of(sides[0].split(",", -1));
    if (sides.length > 2 || !terms.stream().allMatch(term -> term.matches(TERM))) {
      throw new IllegalArgumentException("letters, commas and one -> at most");
    }
    String all = String.join("", terms);
    if (sides.length == 1) {
      return new EinsumEquation(terms, implicit(all));
    }
    String output = sides[1];
    boolean distinct = output.chars().distinct().count() == output.length();
    if (!output.matches(TERM) || !distinct || output.chars().anyMatch(c -> all.indexOf(c) < 0)) {
      throw new IllegalArgumentException("the right side has letters of the left, each once");
    }
    if (all.indexOf(ELLIPSIS) >= 0 && output.indexOf(ELLIPSIS) < 0) {
      throw new IllegalArgumentException("the axes of ... are not summed: name them on the right");
    }
    return new EinsumEquation(terms, output);
  }

  private static String implicit(String all) {
    StringBuilder output = new StringBuilder(all.indexOf(ELLIPSIS) >= 0 ? "." : "");
    all.chars()
        .filter(c -> c != ELLIPSIS && all.indexOf(c) == all.lastIndexOf(c))
        .sorted()
        .forEach(c -> output.append((char) c));
    return output.toString();
  }

  /** The equation for the inputs of {@code in}; refused where it does not fit them. */
  static EinsumEquation of(Inference in, String text) {
    EinsumEquation equation;
    try {
      equation = parse(text);
    } catch (IllegalArgumentException e) {
      throw in.fail("ATTR-054", "cannot read the equation \"%s\"".formatted(text), e.getMessage());
    }
    if (equation.terms.size() != in.size()) {
      throw in.fail(
          "ATTR-051",
          "names %s terms for %s inputs".formatted(equation.terms.size(), in.size()),
          "give one term for each input, with commas between");
    }
    return equation;
  }

  /** The result's shape. */
  Shape shape(Inference in) {
    Map<Integer, Dim> dims = new HashMap<>();
    int dots = 0;
    for (int i = 0; i < terms.size(); i++) {
      List<Integer> labels = labels(in, i);
      if (labels == null) {
        dots = -1;
      } else {
        int named = labels.size() - letters(terms.get(i));
        dots = dots < 0 ? dots : Math.max(dots, named);
        addExtents(in, i, labels, dims);
      }
    }
    if (dots < 0 && output.indexOf(ELLIPSIS) >= 0) {
      return Shape.UNRANKED;
    }
    return Shape.of(
        labels(output, Math.max(dots, 0)).stream()
            .map(label -> dims.getOrDefault(label, Dim.UNKNOWN))
            .toList());
  }

  private static void addExtents(
      Inference in, int i, List<Integer> labels, Map<Integer, Dim> dims) {
    Map<Integer, Dim> own = new HashMap<>();
    for (int axis = 0; axis < labels.size(); axis++) {
      Dim dim = in.shape(i).dim(axis);
      Dim before = own.get(labels.get(axis));
      String what = "the axes of one letter in " + in.schema().inputName(i);
      own.put(labels.get(axis), before == null ? dim : Vectors.same(in, before, dim, what));
    }
    own.forEach(
        (label, dim) ->
            dims.merge(label, dim, (a, b) -> in.broadcast(Shape.of(a), Shape.of(b)).dim(0)));
  }

  /** The labels of input {@code i}'s axes; null where its rank is not known. */
  private @Nullable List<Integer> labels(Inference in, int i) {
    Shape shape = in.shape(i);
    if (!shape.isRanked()) {
      return null;
    }
    String term = terms.get(i);
    int rest = shape.rank() - letters(term);
    if (rest < 0 || rest > 0 && term.indexOf(ELLIPSIS) < 0) {
      throw in.fail(
          "SHAPE-055",
          "names %s axes of %s, which has %s"
              .formatted(letters(term), in.schema().inputName(i), shape.rank()),
          "each axis has a letter, or lies under the three dots");
    }
    return labels(term, rest);
  }

  static int letters(String term) {
    return term.length() - (term.indexOf(ELLIPSIS) >= 0 ? 1 : 0);
  }

  /**
   * A label for each axis: a letter's is its code, an axis under the dots has its place counted
   * from the last one, below 0.
   */
  static List<Integer> labels(String term, int dots) {
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < term.length(); i++) {
      if (term.charAt(i) != ELLIPSIS) {
        labels.add((int) term.charAt(i));
        continue;
      }
      for (int place = dots; place > 0; place--) {
        labels.add(-place);
      }
    }
    return labels;
  }
}
