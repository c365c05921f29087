package dev.sardonyx.nn.data;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.nn.data.CsvSource.Row;
import java.util.regex.Pattern;

/** What one column of a file holds, cell by cell. */
record Cells(CsvSource source, int column) {
  /**
   * Java's parser also takes 1f, 0x1p3 and NaN, which are no numbers in a table. Nothing is tried
   * twice: a cell may be millions of digits long.
   */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d++\\.?+\\d*+|\\.\\d++)([eE][+-]?\\d++)?");

  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?[\\d.]*,\\d+");

  /** The column called {@code name}. */
  static Cells of(CsvSource source, String name) {
    int column = source.columns().indexOf(name);
    if (column < 0) {
      String closest = Spelling.closest(name, source.columns());
      throw CsvSource.refusal(
          "NN-055",
          "%s has no column called %s".formatted(source.name(), name),
          "columns: " + String.join(", ", source.columns()),
          closest != null ? "did you mean " + closest + "?" : separatorHelp(source));
    }
    return new Cells(source, column);
  }

  private static String separatorHelp(CsvSource source) {
    boolean oneColumn =
        source.columns().size() == 1 && source.columns().get(0).matches(".*[;\\t|].*");
    return oneColumn
        ? "say what separates the cells: Table.read(file, ';')"
        : "take one of the columns of the first line";
  }

  /** The text, which must not be empty. */
  String text(Row row) {
    String text = row.cells().get(column);
    if (text.isEmpty()) {
      throw refusal("NN-057", "an empty cell", row, "fill it, or drop the row");
    }
    return text;
  }

  float number(Row row) {
    String text = text(row);
    float number = NUMBER.matcher(text).matches() ? Float.parseFloat(text) : Float.NaN;
    if (Float.isFinite(number)) {
      return number;
    }
    String help =
        DECIMAL_COMMA.matcher(text).matches()
            ? "write a point where the decimals begin"
            : "a number is written like -12.5 or 1e-3; leave this column out if it holds text";
    throw refusal("NN-056", "a cell that is no float32", row, help);
  }

  private DiagnosticException refusal(String code, String what, Row row, String help) {
    return CsvSource.refusal(
        code,
        "%s has %s in column %s".formatted(source.name(), what, source.columns().get(column)),
        "%s line %s, column %s: \"%s\""
            .formatted(
                source.name(), row.line(), source.columns().get(column), row.cells().get(column)),
        help);
  }
}
