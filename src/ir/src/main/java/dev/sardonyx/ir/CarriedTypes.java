package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Types for the state that a loop carries, which must hold in every turn.
 *
 * <p>A body is built on the types of the initial state first. Where its results are of other
 * shapes, it is built again on what both have in common, for what depends on these may change in
 * turn; and at last on nothing said of the shapes.
 */
public final class CarriedTypes {
  /** The attempt, counted from 0, that leaves no shape to be wrong about. */
  public static final int LAST_ATTEMPT = 4;

  private CarriedTypes() {}

  /**
   * The state's types for the next attempt, or null if the present ones hold. What is of another
   * kind altogether is left for the operator to refuse.
   *
   * @param formal the types on which the body was built
   * @param next the types of the state that it gives
   * @param attempt which attempt this was
   */
  public static @Nullable List<Type> weaker(List<Type> formal, List<Type> next, int attempt) {
    List<Type> weaker = new ArrayList<>(formal);
    for (int i = 0; i < Math.min(formal.size(), next.size()); i++) {
      Type joined = formal.get(i).join(next.get(i));
      weaker.set(i, joined == null ? formal.get(i) : joined);
    }
    if (weaker.equals(formal)) {
      return null;
    }
    return attempt + 1 < LAST_ATTEMPT ? weaker : withoutShapes(formal);
  }

  /** What is left to say in the last attempt. */
  public static List<Type> withoutShapes(List<Type> types) {
    return types.stream().map(Type::withoutShapes).toList();
  }
}
