package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators on texts. */
public sealed interface Strings extends Op permits Strings.Texts, TfIdfVectorizer {
  /** Operators that compare, cut and join texts. */
  sealed interface Texts extends Strings {}

  /** What is done about capital letters. */
  enum CaseChange {
    NONE,
    LOWER,
    UPPER
  }

  /** Each text of X with that of Y behind it; the shapes broadcast. */
  @Onnx(since = 20, from = 20, inputs = "X Y", outputs = "Z")
  @NotDifferentiable("the inputs are strings")
  record StringConcat() implements Texts {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(new TensorType(in.element(0), in.broadcast(0)));
    }
  }

  /**
   * The pieces of each text, on a new last axis as long as the most pieces are, with empty texts
   * where there are fewer; and the number of pieces.
   *
   * @param delimiter what stands between pieces; if absent or empty, any white space
   * @param maxsplit after how many pieces the rest is left whole; without it all are cut
   */
  @Onnx(since = 20, from = 20, inputs = "X", outputs = "Y Z")
  @NotDifferentiable("the inputs are strings")
  record StringSplit(@Default("") @Nullable String delimiter, @Default("") @Nullable Long maxsplit)
      implements Texts {
    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      TensorType counts = new TensorType(ElementType.INT64, x);
      if (!x.isRanked()) {
        return List.of(in.type(0), counts);
      }
      List<Dim> dims = new ArrayList<>(x.dims());
      dims.add(Dim.UNKNOWN);
      return List.of(in.type(0).with(Shape.of(dims)), counts);
    }
  }

  /**
   * The texts without those that are stop words, in capitals or small letters if asked for. The
   * input is [C] or [1,C]; if nothing is left, the result holds one empty text.
   *
   * @param isCaseSensitive whether a stop word in other letters is kept
   * @param locale whose rules decide on letters, {@code en_US} unless given
   */
  @Onnx(since = 10, from = 10)
  @NotDifferentiable("the inputs are strings")
  record StringNormalizer(
      @Default("NONE") CaseChange caseChangeAction,
      @Default("0") boolean isCaseSensitive,
      @Default("") @Nullable String locale,
      List<String> stopwords)
      implements Texts {
    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      if (!x.isRanked()) {
        return List.of(in.type(0));
      }
      boolean row = x.rank() == 2 && (!x.dim(0).isFixed() || x.dim(0).is(1));
      if (x.rank() != 1 && !row) {
        throw in.fail(
            "SHAPE-093", "takes the shape [C] or [1,C], got " + x, "give one row of texts");
      }
      Dim left = stopwords.isEmpty() ? x.dim(-1).max(Dim.ONE) : Dim.UNKNOWN;
      return List.of(in.type(0).with(row ? Shape.of(Dim.ONE, left) : Shape.of(left)));
    }
  }

  /**
   * Whether the whole of each text matches.
   *
   * @param pattern a regular expression in the syntax of RE2
   */
  @Onnx(since = 20, from = 20)
  @NotDifferentiable("the inputs are strings")
  record RegexFullMatch(@Default("") @Nullable String pattern) implements Texts {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(ElementType.BOOL));
    }
  }
}
