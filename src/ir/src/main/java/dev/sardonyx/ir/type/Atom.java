package dev.sardonyx.ir.type;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a {@link Dim}'s polynomial is made of. The text of an atom tells it from every other. */
sealed interface Atom {
  /** How many symbols and numbers it takes to write. */
  int size();

  /** The extent that this is with other extents in the place of symbols. */
  Dim substitute(Function<String, @Nullable Dim> extents);

  record Symbol(String name) implements Atom {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public Dim substitute(Function<String, @Nullable Dim> extents) {
      Dim extent = extents.apply(name);
      return extent != null ? extent : Dim.symbol(name);
    }

    /** The name, in quotes where it could be taken for something else. */
    @Override
    public String toString() {
      return DimParser.isName(name) ? name : "'" + name.replace("'", "''") + "'";
    }
  }

  record Floor(Dim numerator, Dim denominator) implements Atom {
    @Override
    public int size() {
      return numerator.size() + denominator.size();
    }

    @Override
    public Dim substitute(Function<String, @Nullable Dim> extents) {
      return numerator.substitute(extents).floorDiv(denominator.substitute(extents));
    }

    @Override
    public String toString() {
      return "floor(" + numerator.inParentheses() + "/" + denominator.inParentheses() + ")";
    }
  }

  record Max(Dim a, Dim b) implements Atom {
    @Override
    public int size() {
      return a.size() + b.size();
    }

    @Override
    public Dim substitute(Function<String, @Nullable Dim> extents) {
      return a.substitute(extents).max(b.substitute(extents));
    }

    @Override
    public String toString() {
      return "max(" + a + "," + b + ")";
    }
  }

  record Min(Dim a, Dim b) implements Atom {
    @Override
    public int size() {
      return a.size() + b.size();
    }

    @Override
    public Dim substitute(Function<String, @Nullable Dim> extents) {
      return a.substitute(extents).min(b.substitute(extents));
    }

    @Override
    public String toString() {
      return "min(" + a + "," + b + ")";
    }
  }
}
