package dev.sardonyx.ir.type;

import dev.sardonyx.ir.type.Dim.Term;
import org.jspecify.annotations.Nullable;

/** A number that a dimension is certainly not below, where symbols are 0 or more. */
final class LowerBound {
  private LowerBound() {}

  /** The bound; null if none is known. */
  static @Nullable Long of(Dim dim) {
    if (dim.isUnknown()) {
      return null;
    }
    long sum = 0;
    for (Term term : dim.terms()) {
      Long bound = of(term);
      if (bound == null) {
        return null;
      }
      sum = Math.addExact(sum, bound);
    }
    return sum;
  }

  private static @Nullable Long of(Term term) {
    if (term.factors().isEmpty()) {
      return term.coefficient();
    }
    long product = term.coefficient();
    if (product > 0 && term.factors().size() == 1) {
      Long bound = of(term.factors().get(0));
      return bound == null ? null : Long.valueOf(Math.multiplyExact(product, bound));
    }
    for (Atom factor : term.factors()) {
      Long bound = of(factor);
      // The product of bounds is a bound only where nothing is negative.
      if (bound == null || bound < 0 || product < 0) {
        return null;
      }
      product = Math.multiplyExact(product, bound);
    }
    return product;
  }

  private static @Nullable Long of(Atom atom) {
    if (atom instanceof Atom.Floor floor) {
      return ofQuotient(of(floor.numerator()), floor.denominator());
    }
    if (atom instanceof Atom.Max max) {
      Long a = of(max.a());
      Long b = of(max.b());
      return a == null ? b : b == null ? a : Long.valueOf(Math.max(a, b));
    }
    if (atom instanceof Atom.Min min) {
      Long a = of(min.a());
      Long b = of(min.b());
      return a == null || b == null ? null : Long.valueOf(Math.min(a, b));
    }
    return 0L;
  }

  private static @Nullable Long ofQuotient(@Nullable Long numerator, Dim denominator) {
    Long least = of(denominator);
    if (numerator == null || least == null || least <= 0) {
      return null;
    }
    if (denominator.isFixed()) {
      return Math.floorDiv(numerator, least);
    }
    return numerator >= 0 ? 0L : null;
  }
}
