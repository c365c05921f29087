package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;

/** Operators between dictionaries and tensors. */
public sealed interface Dictionaries extends MachineLearning {
  /** What a {@link CastMap} gives. */
  enum CastTo {
    TO_FLOAT(ElementType.FLOAT32),
    TO_STRING(ElementType.STRING),
    TO_INT64(ElementType.INT64);

    private final ElementType element;

    CastTo(ElementType element) {
      this.element = element;
    }
  }

  /** Where a {@link CastMap} puts values. */
  enum MapForm {
    /** One after another. */
    DENSE,
    /** At the place that the key says. */
    SPARSE
  }

  /**
   * The values of a dictionary in the order of their keys, [1,n].
   *
   * @param maxMap n, if sparse
   */
  @Onnx(since = 1, from = 1, domain = "ai.onnx.ml")
  @NotDifferentiable("its input is a dictionary, and dictionaries have no gradients")
  record CastMap(
      @Default("TO_FLOAT") CastTo castTo,
      @Default("DENSE") MapForm mapForm,
      @Default("1") long maxMap)
      implements Dictionaries {
    @Override
    public List<Type> infer(Inference in) {
      if (maxMap < 1) {
        throw in.fail("ATTR-004", "has max_map=" + maxMap, "the least it takes is 1");
      }
      Dim length = mapForm == MapForm.SPARSE ? Dim.of(maxMap) : Dim.UNKNOWN;
      return List.of(TensorType.of(castTo.element, Dim.ONE, length));
    }
  }

  /**
   * The values of a dictionary in the order of a vocabulary, 0 where it has none, [1,n].
   *
   * @param int64Vocabulary the keys that are numbers
   * @param stringVocabulary the keys that are strings
   */
  @Onnx(since = 1, from = 1, domain = "ai.onnx.ml")
  @NotDifferentiable("its input is a dictionary, and dictionaries have no gradients")
  record DictVectorizer(List<Long> int64Vocabulary, List<String> stringVocabulary)
      implements Dictionaries {
    @Override
    public List<Type> infer(Inference in) {
      String words = "string_vocabulary";
      Alternatives.one(in, words, stringVocabulary, "int64_vocabulary", int64Vocabulary);
      Type.Map map = (Type.Map) in.value(0).type();
      boolean strings = map.key() == ElementType.STRING;
      if (strings == stringVocabulary.isEmpty()) {
        throw in.fail(
            "TYPE-022",
            "has no vocabulary of %s keys".formatted(map.key()),
            "give the keys in the attribute that is for their type");
      }
      ElementType element = map.value() instanceof TensorType t ? t.element() : ElementType.FLOAT32;
      long size = Math.max(int64Vocabulary.size(), stringVocabulary.size());
      return List.of(TensorType.of(element, 1, size));
    }
  }

  /**
   * A dictionary for each row of [N,C], from a key for each column to the row's number.
   *
   * @param classlabelsInt64s the keys, if they are numbers
   * @param classlabelsStrings the keys, if they are strings
   */
  @Onnx(since = 1, from = 1, outputs = "Z", domain = "ai.onnx.ml")
  @NotDifferentiable("the result is dictionaries, which have no gradients")
  record ZipMap(List<Long> classlabelsInt64s, List<String> classlabelsStrings)
      implements Dictionaries {
    @Override
    public List<Type> infer(Inference in) {
      String words = "classlabels_strings";
      Alternatives.one(in, words, classlabelsStrings, "classlabels_int64s", classlabelsInt64s);
      boolean strings = !classlabelsStrings.isEmpty();
      int keys = strings ? classlabelsStrings.size() : classlabelsInt64s.size();
      Dim columns = Samples.shape(in, 0).dim(1);
      if (columns.isFixed() && !columns.is(keys)) {
        throw in.fail(
            "ATTR-072",
            "has %s keys for %s columns".formatted(keys, columns),
            "give one key for each column");
      }
      ElementType key = strings ? ElementType.STRING : ElementType.INT64;
      Type value = new TensorType(in.element(0), Shape.UNRANKED);
      return List.of(new Type.Sequence(new Type.Map(key, value)));
    }
  }
}
