package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Divides texts into words, and words into rows of neighbours. */
final class TextSplitter {
  private final TextVectorization layer;
  @Nullable Standardization standardize = Standardization.LOWER_AND_STRIP_PUNCTUATION;
  @Nullable TextSplit split = TextSplit.WHITESPACE;
  private @Nullable Object ngrams;
  private List<Long> lengths = List.of();

  TextSplitter(TextVectorization layer) {
    this.layer = layer;
  }

  void ngrams(long longest) {
    Allowed.atLeast(1, layer, "ngrams", longest);
    ngrams = longest;
    lengths = LongStream.rangeClosed(1, longest).boxed().toList();
  }

  void ngrams(List<Long> given) {
    given.forEach(length -> Allowed.atLeast(1, layer, "ngrams", length));
    ngrams = List.copyOf(given);
    lengths = List.copyOf(given);
  }

  /** Whether rows have lengths of their own. */
  boolean divides() {
    return split != null || ngrams != null;
  }

  /** Whether an input of {@code rank} axes is one document, its elements the words. */
  boolean isVector(int rank) {
    return split == null && rank == 1;
  }

  /** Whether each text is one word, along an axis of extent 1 that encodings do without. */
  boolean isWhole(Shape input) {
    return !divides() && input.rank() > 1 && input.dim(-1).is(1);
  }

  /** Refuses inputs that are no texts, or several in a row where they are to be divided. */
  void check(TensorType input) {
    if (input.element() != ElementType.STRING) {
      throw layer.refuse(
          "NN-043",
          "takes texts, got " + input.element(),
          input,
          "give texts; IntegerLookup is for integers");
    }
    int rank = Axes.rankAtLeast(layer, input, 1);
    if (split != null && rank > 1 && !input.shape().dim(-1).is(1)) {
      throw layer.refuse(
          "NN-012",
          "divides one text for each sample, [batch] or [batch, 1]",
          input,
          "give one text for each sample, or split(null)");
    }
  }

  /** The axes that rows lie along, without the one in them. */
  List<Dim> outer(List<Dim> dims) {
    int keep = split != null && dims.size() == 1 ? 1 : dims.size() - 1;
    return isVector(dims.size()) ? List.of() : dims.subList(0, keep);
  }

  long[] outer(long[] dims) {
    int keep = split != null && dims.length == 1 ? 1 : dims.length - 1;
    return isVector(dims.length) ? new long[0] : Arrays.copyOf(dims, keep);
  }

  /** The rows of words. */
  List<List<String>> rows(Tensor texts) {
    List<List<String>> rows = new ArrayList<>();
    List<String> all = texts.strings().stream().map(this::standard).toList();
    if (split != null) {
      all.forEach(text -> rows.add(neighbours(split.apply(text))));
      return rows;
    }
    long count = Arrays.stream(outer(texts.dims())).reduce(1, (a, b) -> a * b);
    for (int i = 0; i < count; i++) {
      int width = (int) (all.size() / count);
      rows.add(neighbours(all.subList(i * width, (i + 1) * width)));
    }
    return rows;
  }

  private String standard(String text) {
    return standardize == null ? text : standardize.apply(text);
  }

  private List<String> neighbours(List<String> words) {
    if (ngrams == null) {
      return words;
    }
    List<String> rows = new ArrayList<>();
    for (long length : lengths) {
      for (int i = 0; i + length <= words.size(); i++) {
        rows.add(String.join(" ", words.subList(i, (int) (i + length))));
      }
    }
    return rows;
  }

  void configure(Config config) {
    standardize = choice(config, "standardize", standardize, Standardization.values());
    split = choice(config, "split", split, TextSplit.values());
    Object given = config.json("ngrams", ngrams);
    if (given instanceof Number n) {
      ngrams(n.longValue());
    } else if (given != null) {
      ngrams(
          NumberArray.parse(layer, "ngrams", given).values().stream()
              .map(Double::longValue)
              .toList());
    }
  }

  /** A constant by its name in lower case; a function of Python's is refused. */
  private <E extends Enum<E>> @Nullable E choice(
      Config config, String key, @Nullable E value, E[] all) {
    Object given = config.json(key, value == null ? null : name(value));
    if (given == null) {
      return null;
    }
    return Stream.of(all)
        .filter(constant -> name(constant).equals(given))
        .findFirst()
        .orElseThrow(
            () ->
                Allowed.refusal(
                    layer,
                    key,
                    "null or one of " + Stream.of(all).map(TextSplitter::name).toList(),
                    given,
                    "code in a file is not run: do that to the texts before"));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
