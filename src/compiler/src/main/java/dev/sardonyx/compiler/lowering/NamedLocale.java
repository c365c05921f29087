package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Strings.CaseChange;
import dev.sardonyx.ir.Strings.StringNormalizer;
import org.jspecify.annotations.Nullable;

/**
 * Says whose letters are meant where a text's are changed or compared without regard to case.
 *
 * <pre>
 *  StringNormalizer&lt;UPPER&gt;(x)   ->   StringNormalizer&lt;UPPER, locale="C.UTF-8"&gt;(x)
 * </pre>
 */
public final class NamedLocale {
  private NamedLocale() {}

  /** The graph itself if {@code locale} is null. */
  public static Graph in(Graph graph, @Nullable String locale) {
    return locale == null
        ? graph
        : Rewriting.deep(
            graph,
            (node, inputs) ->
                node.op() instanceof StringNormalizer op && needsLocale(op)
                    ? node.withOp(named(op, locale)).outputs()
                    : null);
  }

  private static boolean needsLocale(StringNormalizer op) {
    boolean compares = !op.stopwords().isEmpty();
    return op.locale() == null && (compares || op.caseChangeAction() != CaseChange.NONE);
  }

  private static StringNormalizer named(StringNormalizer op, String locale) {
    return new StringNormalizer(
        op.caseChangeAction(), op.isCaseSensitive(), locale, op.stopwords());
  }
}
