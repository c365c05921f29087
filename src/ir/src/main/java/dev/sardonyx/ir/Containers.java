package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of lists, of what is in them, and of places in them. */
final class Containers {
  private Containers() {}

  static Type.Sequence listOf(ElementType element) {
    return new Type.Sequence(new TensorType(element, Shape.UNRANKED));
  }

  /** The type of input {@code i}, for which the standard takes nothing but sequences of tensors. */
  static Type.Sequence sequence(Inference in, int i) {
    return (Type.Sequence) in.value(i).type();
  }

  /** What the tensors have in common that are in input {@code i}. */
  static TensorType tensors(Inference in, int i) {
    return (TensorType) sequence(in, i).element();
  }

  /** What two types of one element type have in common. */
  static TensorType merge(TensorType a, TensorType b) {
    return a.with(merge(a.shape(), b.shape()));
  }

  /** What two shapes have in common: extents that differ are unknown. */
  static Shape merge(Shape a, Shape b) {
    if (!a.isRanked() || !b.isRanked() || a.rank() != b.rank()) {
      return Shape.UNRANKED;
    }
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < a.rank(); i++) {
      dims.add(a.dim(i).provablySame(b.dim(i)) ? a.dim(i) : Dim.UNKNOWN);
    }
    return Shape.of(dims);
  }

  /**
   * The place in the list (input 0) that input {@code i} gives, if it is known, and refused if it
   * is outside; {@code more} places are behind the last tensor.
   */
  static @Nullable Long position(Inference in, int i, int more) {
    if (!in.has(i)) {
      return null;
    }
    Vectors.requireIndex(in, i);
    Dim position = Vectors.single(in, i);
    Dim count = length(in.value(0));
    if (!position.isFixed() || !count.isFixed()) {
      return null;
    }
    long at = position.value();
    if (at < -count.value() || at >= count.value() + more) {
      throw in.fail(
          "SHAPE-029",
          "has position %s in a sequence of %s".formatted(at, count),
          "a position lies between -length and length - 1");
    }
    return at;
  }

  /** How many tensors are in a list, where the node that made it tells. */
  static Dim length(Value list) {
    if (list.op() instanceof SequenceEditing.SequenceConstruct) {
      return Dim.of(list.node().inputs().size());
    }
    if (list.op() instanceof SequenceEditing.SequenceEmpty) {
      return Dim.of(0);
    }
    return list.op() instanceof SequenceJoining.SplitToSequence split
        ? split.count(list.node())
        : Dim.UNKNOWN;
  }
}
