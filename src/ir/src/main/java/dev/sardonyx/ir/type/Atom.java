package dev.sardonyx.ir.type;

/** What a {@link Dim}'s polynomial is made of. The text of an atom tells it from every other. */
sealed interface Atom {
  /** How many symbols and numbers it takes to write. */
  int size();

  record Symbol(String name) implements Atom {
    @Override
    public int size() {
      return 1;
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
    public String toString() {
      return "min(" + a + "," + b + ")";
    }
  }
}
