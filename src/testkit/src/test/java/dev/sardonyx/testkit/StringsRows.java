package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.data;

import dev.sardonyx.ir.Strings;
import dev.sardonyx.ir.TfIdfVectorizer;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.testkit.OpCase.Source;
import java.util.List;

/** {@link Strings}. */
final class StringsRows {
  private StringsRows() {}

  static Source words(String... words) {
    return data(Tensor.ofStrings(List.of(words)));
  }

  static List<OpCase> rows() {
    return List.of(
        OpCase.of(new Strings.StringConcat()).inputs(words("a", "b", "ä"), words("x")),
        OpCase.of(new Strings.StringSplit(null, null)).inputs(words("a b", " c  d e", "f")),
        OpCase.of(new Strings.StringSplit(",", 1L)).inputs(words("a,b,c", "d", ",e")),
        OpCase.of(new Strings.StringNormalizer(Strings.CaseChange.NONE, true, null, List.of("the")))
            .inputs(words("the", "cat", "The")),
        OpCase.of(new Strings.StringNormalizer(Strings.CaseChange.NONE, false, null, List.of()))
            .inputs(words("a", "B")),
        OpCase.of(
                new Strings.StringNormalizer(Strings.CaseChange.UPPER, false, null, List.of("SSÉ")))
            .inputs(words("été", "ssé", "жук")),
        OpCase.of(new Strings.RegexFullMatch("[a-z]+[0-9]")).inputs(words("ab1", "ab", "a1 ")),
        OpCase.of(bigrams(List.of(2L, 3L, 5L, 4L, 5L, 6L, 7L, 8L, 6L, 7L), List.of()))
            .inputs(data(Tensor.of(new long[] {1, 1, 3, 3, 3, 7, 8, 6, 7, 5, 6, 8}, 2, 6))),
        OpCase.of(bigrams(List.of(), List.of("a", "b", "c", "d", "a", "b", "c", "d", "b", "c")))
            .inputs(words("a", "b", "c", "a")));
  }

  /** Four known words and three known pairs. */
  private static TfIdfVectorizer bigrams(List<Long> numbers, List<String> words) {
    return new TfIdfVectorizer(
        2,
        1,
        1,
        TfIdfVectorizer.Mode.TFIDF,
        List.of(0L, 4L),
        List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L),
        numbers,
        words,
        List.of(1f, 2f, 3f, 4f, 0.5f, 0.25f, 0.125f));
  }
}
