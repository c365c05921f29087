package dev.sardonyx.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator that can be said in other operators: the standard gives it a body, or we do.
 *
 * <p>The expansion is written where a file's opset or a runtime does not have the operator. It is
 * differentiated, too, where the operator has no gradient rule of its own.
 */
public interface Expandable {
  /**
   * The results in terms of other operators, of the very types that the operator itself gives; null
   * in place of a result that is not {@linkplain Expansion#wants wanted}.
   *
   * @return null where this application of the operator cannot be expanded, for instance because it
   *     needs a rank that is unknown
   */
  @Nullable List<@Nullable Value> expand(Expansion e);
}
