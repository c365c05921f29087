package dev.sardonyx.compiler;

import dev.sardonyx.ir.Layout;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Two transposes in a row are one; if they undo each other {@link EliminateIdentity} removes it.
 *
 * <pre>
 *  x -> Transpose(p) -> Transpose(q)   ->   x -> Transpose(p∘q)
 * </pre>
 */
public final class MergeTransposes implements Rule {
  @Override
  public @Nullable Value rewrite(Node node, Uses uses) {
    if (!(node.op() instanceof Layout.Transpose outer)
        || !(node.input(0).op() instanceof Layout.Transpose inner)) {
      return null;
    }
    Value x = node.input(0).node().input(0);
    if (!x.shape().isRanked()) {
      return null;
    }
    List<Long> first = permutation(inner, x);
    List<Long> merged = new ArrayList<>();
    permutation(outer, x).forEach(axis -> merged.add(first.get(axis.intValue())));
    return Value.of(new Layout.Transpose(merged), x);
  }

  /** The permutation, which reverses the axes where none is given. */
  static List<Long> permutation(Layout.Transpose transpose, Value x) {
    int rank = x.shape().rank();
    return transpose.perm().isEmpty()
        ? LongStream.range(0, rank).mapToObj(i -> rank - 1 - i).toList()
        : transpose.perm();
  }

  static boolean isIdentity(Layout.Transpose transpose, Value x) {
    return x.shape().isRanked()
        && permutation(transpose, x).equals(LongStream.range(0, x.shape().rank()).boxed().toList());
  }
}
