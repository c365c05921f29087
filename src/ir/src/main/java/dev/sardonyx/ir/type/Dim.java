package dev.sardonyx.ir.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The extent of one axis: a number, a symbol, or arithmetic on them, such as {@code
 * floor((W-3)/2)+1}.
 *
 * <p>A dimension is kept as a polynomial in normal form, so that two expressions which are the same
 * polynomial are equal. {@link #UNKNOWN}, written {@code ?}, is an extent that only running the
 * model tells; arithmetic with it is unknown. Overflow throws {@link ArithmeticException}.
 */
public final class Dim {
  /** An extent that cannot be known before the model runs. Equal to itself, but never provably. */
  public static final Dim UNKNOWN = new Dim(List.of(), true);

  static final Dim ZERO = new Dim(List.of(), false);

  /** The extent of an axis that broadcasts. */
  public static final Dim ONE = of(1);

  /** Coefficient times factors, the factors sorted by their text. */
  record Term(long coefficient, List<Atom> factors) {}

  /** What a polynomial is made of. */
  sealed interface Atom {}

  record Symbol(String name) implements Atom {
    @Override
    public String toString() {
      return name;
    }
  }

  record Floor(Dim numerator, Dim denominator) implements Atom {
    @Override
    public String toString() {
      return "floor(" + numerator.inParentheses() + "/" + denominator.inParentheses() + ")";
    }
  }

  record Max(Dim a, Dim b) implements Atom {
    @Override
    public String toString() {
      return "max(" + a + "," + b + ")";
    }
  }

  record Min(Dim a, Dim b) implements Atom {
    @Override
    public String toString() {
      return "min(" + a + "," + b + ")";
    }
  }

  private final List<Term> terms;
  private final boolean unknown;

  private Dim(List<Term> terms, boolean unknown) {
    this.terms = terms;
    this.unknown = unknown;
  }

  public static Dim of(long value) {
    return value == 0 ? ZERO : new Dim(List.of(new Term(value, List.of())), false);
  }

  /** The extent called {@code name}: equal to every other of that name in the same graph. */
  public static Dim symbol(String name) {
    return atom(new Symbol(name));
  }

  /** The dimension that {@code text}, in the form of {@link #toString}, describes. */
  public static Dim parse(String text) {
    return new DimParser(text).whole();
  }

  static List<Dim> parseList(String text) {
    return new DimParser(text).list();
  }

  private static Dim atom(Atom atom) {
    return new Dim(List.of(new Term(1, List.of(atom))), false);
  }

  public boolean isFixed() {
    return !unknown && (terms.isEmpty() || terms.size() == 1 && terms.get(0).factors.isEmpty());
  }

  public boolean isUnknown() {
    return unknown;
  }

  /** Whether this is the number {@code value}. */
  public boolean is(long value) {
    return isFixed() && value() == value;
  }

  /** The number; an {@link IllegalStateException} for a symbolic or unknown dimension. */
  public long value() {
    if (!isFixed()) {
      throw new IllegalStateException(this + " is not a fixed dimension");
    }
    return terms.isEmpty() ? 0 : terms.get(0).coefficient;
  }

  /** Whether both are certainly equal at run time. */
  public boolean provablySame(Dim other) {
    return !unknown && equals(other);
  }

  public Dim plus(Dim other) {
    if (unknown || other.unknown) {
      return UNKNOWN;
    }
    Map<String, Term> sum = new TreeMap<>(Collections.reverseOrder());
    terms.forEach(t -> add(sum, t));
    other.terms.forEach(t -> add(sum, t));
    return ofTerms(sum);
  }

  public Dim plus(long value) {
    return plus(of(value));
  }

  public Dim minus(Dim other) {
    return plus(other.times(of(-1)));
  }

  public Dim minus(long value) {
    return plus(of(Math.negateExact(value)));
  }

  public Dim times(Dim other) {
    if (is(0) || other.is(0)) {
      return ZERO;
    }
    if (unknown || other.unknown) {
      return UNKNOWN;
    }
    Map<String, Term> sum = new TreeMap<>(Collections.reverseOrder());
    for (Term a : terms) {
      for (Term b : other.terms) {
        List<Atom> factors = new ArrayList<>(a.factors);
        factors.addAll(b.factors);
        factors.sort((x, y) -> x.toString().compareTo(y.toString()));
        add(sum, new Term(Math.multiplyExact(a.coefficient, b.coefficient), List.copyOf(factors)));
      }
    }
    return ofTerms(sum);
  }

  public Dim times(long value) {
    return times(of(value));
  }

  /** The quotient rounded towards negative infinity; exact where the division comes out even. */
  public Dim floorDiv(Dim divisor) {
    if (unknown || divisor.unknown) {
      return UNKNOWN;
    }
    if (divisor.is(0)) {
      throw new ArithmeticException("division of dimension " + this + " by zero");
    }
    if (isFixed() && divisor.isFixed()) {
      return of(Math.floorDiv(value(), divisor.value()));
    }
    Dim exact = exactQuotient(divisor);
    return exact != null ? exact : atom(new Floor(this, divisor));
  }

  public Dim floorDiv(long divisor) {
    return floorDiv(of(divisor));
  }

  /** The quotient rounded towards positive infinity. */
  public Dim ceilDiv(long divisor) {
    return plus(divisor - 1).floorDiv(divisor);
  }

  public Dim max(Dim other) {
    if (unknown || other.unknown) {
      return UNKNOWN;
    }
    Dim difference = minus(other);
    if (difference.isFixed()) {
      return difference.value() >= 0 ? this : other;
    }
    return toString().compareTo(other.toString()) <= 0
        ? atom(new Max(this, other))
        : atom(new Max(other, this));
  }

  public Dim min(Dim other) {
    if (unknown || other.unknown) {
      return UNKNOWN;
    }
    Dim difference = minus(other);
    if (difference.isFixed()) {
      return difference.value() <= 0 ? this : other;
    }
    return toString().compareTo(other.toString()) <= 0
        ? atom(new Min(this, other))
        : atom(new Min(other, this));
  }

  /** This divided by a single term that divides every term of it, or null. */
  private @Nullable Dim exactQuotient(Dim divisor) {
    if (divisor.terms.size() != 1) {
      return equals(divisor) ? ONE : null;
    }
    Term by = divisor.terms.get(0);
    Map<String, Term> quotient = new TreeMap<>(Collections.reverseOrder());
    for (Term term : terms) {
      List<Atom> rest = new ArrayList<>(term.factors);
      for (Atom factor : by.factors) {
        if (!rest.remove(factor)) {
          return null;
        }
      }
      if (term.coefficient % by.coefficient != 0) {
        return null;
      }
      add(quotient, new Term(term.coefficient / by.coefficient, List.copyOf(rest)));
    }
    return ofTerms(quotient);
  }

  private static void add(Map<String, Term> sum, Term term) {
    String key = term.factors.toString();
    Term old = sum.get(key);
    long total = old == null ? term.coefficient : Math.addExact(old.coefficient, term.coefficient);
    if (total == 0) {
      sum.remove(key);
    } else {
      sum.put(key, new Term(total, term.factors));
    }
  }

  private static Dim ofTerms(Map<String, Term> sum) {
    return new Dim(List.copyOf(sum.values()), false);
  }

  private String inParentheses() {
    boolean simple =
        terms.isEmpty()
            || terms.size() == 1
                && (terms.get(0).factors.isEmpty()
                    || terms.get(0).factors.size() == 1 && terms.get(0).coefficient == 1);
    return simple ? toString() : "(" + this + ")";
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Dim d && unknown == d.unknown && terms.equals(d.terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode() + (unknown ? 1 : 0);
  }

  @Override
  public String toString() {
    if (unknown) {
      return "?";
    }
    if (terms.isEmpty()) {
      return "0";
    }
    StringBuilder text = new StringBuilder();
    for (Term term : terms) {
      long c = term.coefficient;
      if (c >= 0 && !text.isEmpty()) {
        text.append('+');
      }
      if (term.factors.isEmpty()) {
        text.append(c);
        continue;
      }
      text.append(c == 1 ? "" : c == -1 ? "-" : c + "*");
      for (int i = 0; i < term.factors.size(); i++) {
        text.append(i == 0 ? "" : "*").append(term.factors.get(i));
      }
    }
    return text.toString();
  }
}
