package dev.sardonyx.ir.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
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
  record Term(long coefficient, List<Atom> factors) {
    int size() {
      int size = 1;
      for (Atom factor : factors) {
        size += factor.size();
      }
      return size;
    }
  }

  /**
   * Greatest degree first, then by text: a monomial order, on which long division relies. The text
   * of an atom tells it from every other.
   */
  private static final Comparator<List<Atom>> ORDER =
      Comparator.<List<Atom>>comparingInt(List::size)
          .reversed()
          .thenComparing(
              factors -> factors.stream().map(Atom::toString).toArray(String[]::new),
              Arrays::compare);

  /**
   * What takes more symbols and numbers than this to write is unknown: nobody would read it, and
   * arithmetic of a hostile file could double it with every operation.
   */
  private static final int MAX_SIZE = 1000;

  private final List<Term> terms;
  private final boolean unknown;
  private final int size;

  private Dim(List<Term> terms, boolean unknown) {
    this.terms = terms;
    this.unknown = unknown;
    int sum = 0;
    for (Term term : terms) {
      sum += term.size();
    }
    this.size = sum;
  }

  public static Dim of(long value) {
    return value == 0 ? ZERO : new Dim(List.of(new Term(value, List.of())), false);
  }

  /** The extent called {@code name}: equal to every other of that name in the same graph. */
  public static Dim symbol(String name) {
    return atom(new Atom.Symbol(name));
  }

  /** The name of the symbol that this is, as it was given to {@link #symbol}; or null. */
  public @Nullable String symbolName() {
    boolean alone =
        terms.size() == 1 && terms.get(0).coefficient == 1 && terms.get(0).factors.size() == 1;
    return alone && terms.get(0).factors.get(0) instanceof Atom.Symbol s ? s.name() : null;
  }

  /** The dimension that {@code text}, in the form of {@link #toString}, describes. */
  public static Dim parse(String text) {
    return new DimParser(text).whole();
  }

  static List<Dim> parseList(String text) {
    return new DimParser(text).list();
  }

  private static Dim atom(Atom atom) {
    return limited(new Dim(List.of(new Term(1, List.of(atom))), false));
  }

  private static Dim limited(Dim dim) {
    return dim.size > MAX_SIZE ? UNKNOWN : dim;
  }

  /** How many symbols and numbers it takes to write. */
  int size() {
    return size;
  }

  List<Term> terms() {
    return terms;
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

  /** Whether this is certainly not below 0; symbols are extents, and so are not. */
  public boolean isNonNegative() {
    Long least = LowerBound.of(this);
    return least != null && least >= 0;
  }

  public Dim plus(Dim other) {
    if (unknown || other.unknown) {
      return UNKNOWN;
    }
    if (isFixed() && other.isFixed()) {
      return of(Math.addExact(value(), other.value()));
    }
    Map<List<Atom>, Term> sum = new TreeMap<>(ORDER);
    terms.forEach(t -> add(sum, t));
    other.terms.forEach(t -> add(sum, t));
    return ofTerms(sum);
  }

  public Dim plus(long value) {
    return plus(of(value));
  }

  public Dim minus(Dim other) {
    if (provablySame(other)) {
      return ZERO;
    }
    return plus(other.times(of(-1)));
  }

  public Dim minus(long value) {
    return plus(of(Math.negateExact(value)));
  }

  public Dim times(Dim other) {
    if (is(0) || other.is(0)) {
      return ZERO;
    }
    if (unknown || other.unknown || (long) terms.size() * other.terms.size() > MAX_SIZE) {
      return UNKNOWN;
    }
    if (isFixed() || other.isFixed()) {
      return isFixed() ? other.scaled(value()) : scaled(other.value());
    }
    Map<List<Atom>, Term> sum = new TreeMap<>(ORDER);
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

  /** This times a number other than 0, which leaves the terms' order as it is. */
  private Dim scaled(long value) {
    if (value == 1) {
      return this;
    }
    List<Term> scaled = new ArrayList<>(terms.size());
    for (Term term : terms) {
      scaled.add(new Term(Math.multiplyExact(term.coefficient, value), term.factors));
    }
    return new Dim(List.copyOf(scaled), false);
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
      return of(divide(value(), divisor.value()));
    }
    Dim exact = exactQuotient(divisor);
    return exact != null ? exact : atom(new Atom.Floor(this, divisor));
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
    if (minus(other).isNonNegative()) {
      return this;
    }
    if (other.minus(this).isNonNegative()) {
      return other;
    }
    return toString().compareTo(other.toString()) <= 0
        ? atom(new Atom.Max(this, other))
        : atom(new Atom.Max(other, this));
  }

  public Dim min(Dim other) {
    if (unknown || other.unknown) {
      return UNKNOWN;
    }
    if (other.minus(this).isNonNegative()) {
      return this;
    }
    if (minus(other).isNonNegative()) {
      return other;
    }
    return toString().compareTo(other.toString()) <= 0
        ? atom(new Atom.Min(this, other))
        : atom(new Atom.Min(other, this));
  }

  /**
   * This with other extents in the place of symbols.
   *
   * @param extents what stands for a symbol of this name, or null where it stays
   */
  public Dim substitute(Function<String, @Nullable Dim> extents) {
    if (unknown) {
      return this;
    }
    Dim sum = ZERO;
    for (Term term : terms) {
      Dim product = of(term.coefficient);
      for (Atom factor : term.factors) {
        product = product.times(factor.substitute(extents));
      }
      sum = sum.plus(product);
    }
    return sum;
  }

  /** This divided by a polynomial that divides it, by long division; null if there is a rest. */
  private @Nullable Dim exactQuotient(Dim divisor) {
    Dim quotient = ZERO;
    Dim rest = this;
    while (!rest.terms.isEmpty()) {
      Term term = quotient(rest.terms.get(0), divisor.terms.get(0));
      if (term == null) {
        return null;
      }
      Dim part = new Dim(List.of(term), false);
      quotient = quotient.plus(part);
      rest = rest.minus(part.times(divisor));
      if (rest.unknown) {
        return null;
      }
    }
    return quotient;
  }

  private static @Nullable Term quotient(Term dividend, Term divisor) {
    List<Atom> factors = new ArrayList<>(dividend.factors);
    for (Atom factor : divisor.factors) {
      if (!factors.remove(factor)) {
        return null;
      }
    }
    return dividend.coefficient % divisor.coefficient == 0
        ? new Term(divide(dividend.coefficient, divisor.coefficient), List.copyOf(factors))
        : null;
  }

  private static long divide(long a, long b) {
    return b == -1 ? Math.negateExact(a) : Math.floorDiv(a, b);
  }

  private static void add(Map<List<Atom>, Term> sum, Term term) {
    Term old = sum.get(term.factors);
    long total = old == null ? term.coefficient : Math.addExact(old.coefficient, term.coefficient);
    if (total == 0) {
      sum.remove(term.factors);
    } else {
      sum.put(term.factors, new Term(total, term.factors));
    }
  }

  private static Dim ofTerms(Map<List<Atom>, Term> sum) {
    return limited(new Dim(List.copyOf(sum.values()), false));
  }

  String inParentheses() {
    boolean simple =
        terms.isEmpty()
            || terms.size() == 1
                && (terms.get(0).factors.isEmpty()
                    || terms.get(0).factors.size() == 1 && terms.get(0).coefficient == 1);
    return simple ? toString() : "(" + this + ")";
  }

  @Override
  public boolean equals(Object o) {
    return this == o || o instanceof Dim d && unknown == d.unknown && terms.equals(d.terms);
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
