package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * How often known n-grams are in a sequence [C] of words or numbers, or in each row of [N,C]: [N,
 * max(ngram_indexes) + 1]. Sparck Jones, "A statistical interpretation of term specificity", 1972.
 *
 * @param mode what is given: counts, weights of what is there, or counts times weights
 * @param maxSkipCount how many elements may lie between two that make an n-gram
 * @param ngramCounts where in the pool the 1-grams, the 2-grams and so on begin
 * @param ngramIndexes the column of each n-gram
 * @param poolInt64s the known n-grams of numbers, one after another
 * @param poolStrings the known n-grams of words, one after another
 * @param weights of each n-gram; 1 if absent
 */
@Onnx(since = 9, from = 9)
@NotDifferentiable("the input is words or integers")
public record TfIdfVectorizer(
    long maxGramLength,
    long maxSkipCount,
    long minGramLength,
    Mode mode,
    List<Long> ngramCounts,
    List<Long> ngramIndexes,
    List<Long> poolInt64s,
    List<String> poolStrings,
    List<Float> weights)
    implements Strings {
  /** What is given for each n-gram. */
  public enum Mode {
    TF,
    IDF,
    TFIDF
  }

  @Override
  public List<Type> infer(Inference in) {
    Alternatives.one(in, "pool_strings", poolStrings, "pool_int64s", poolInt64s);
    Alternatives.keys(in, !poolStrings.isEmpty());
    Alternatives.parallel(in, "ngram_indexes", ngramIndexes, "weights", weights);
    if (ngramIndexes.stream().anyMatch(i -> i < 0) || ngramIndexes.isEmpty()) {
      throw in.fail(
          "ATTR-004", "has ngram_indexes=" + ngramIndexes, "give each n-gram a column from 0 on");
    }
    Shape x = in.shape(0);
    if (!x.isRanked()) {
      return List.of(new TensorType(ElementType.FLOAT32, x));
    }
    if (x.rank() < 1 || x.rank() > 2) {
      throw in.fail("SHAPE-070", "takes the shape [C] or [N,C], got " + x, "give rows of words");
    }
    List<Dim> dims = new ArrayList<>(x.dims());
    long last = ngramIndexes.stream().mapToLong(i -> i).max().orElse(0);
    dims.set(dims.size() - 1, Dim.of(Math.addExact(last, 1)));
    return List.of(new TensorType(ElementType.FLOAT32, Shape.of(dims)));
  }
}
