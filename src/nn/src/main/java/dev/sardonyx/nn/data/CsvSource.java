package dev.sardonyx.nn.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A CSV file as it stands: names of columns, and rows of cells, without the spaces around them.
 *
 * @param name what errors call the file
 */
record CsvSource(String name, List<String> columns, List<Row> rows) {
  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final int MAX_SHOWN = 300;

  /**
   * One row, as wide as the header.
   *
   * @param line where it begins in the file, from 1
   */
  record Row(long line, List<String> cells) {}

  CsvSource {
    rows = List.copyOf(rows);
  }

  /** Reads all of {@code text} and closes it. */
  static CsvSource read(Reader text, String name, char separator) {
    try (BufferedReader reader = new BufferedReader(text)) {
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK) {
        reader.reset();
      }
      return of(name, parse(reader, separator));
    } catch (IOException e) {
      throw unreadable(name, e);
    } catch (CsvParseException e) {
      throw new Diagnostic(
              "NN-051",
              name + " is not CSV",
              Location.current(),
              name + ": " + e.getMessage(),
              "close every quote, and write a quote inside quotes twice")
          .exception(e);
    }
  }

  static DiagnosticException unreadable(String name, IOException cause) {
    boolean encoding = cause instanceof CharacterCodingException;
    return new Diagnostic(
            "NN-050",
            "cannot read " + name,
            Location.current(),
            encoding ? "its bytes are not UTF-8 text" : cause.toString(),
            encoding ? "save the file as UTF-8" : "check the path and who may read the file")
        .exception(cause);
  }

  private static List<Row> parse(Reader reader, char separator) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .fieldSeparator(separator)
            .allowUnclosedQuote(false)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(reader)) {
      for (CsvRecord csv : records) {
        List<String> cells = csv.getFields().stream().map(String::strip).toList();
        rows.add(new Row(csv.getStartingLineNumber(), cells));
      }
      return rows;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static CsvSource of(String name, List<Row> records) {
    if (records.size() < 2) {
      String held = records.isEmpty() ? "nothing" : "a header and nothing else";
      throw refusal(
          "NN-052",
          name + " has no rows",
          name + " holds " + held,
          "the first line names the columns, every other is a row");
    }
    CsvSource source =
        new CsvSource(name, records.get(0).cells(), records.subList(1, records.size()));
    source.checkHeader();
    source.rows.forEach(source::checkWidth);
    return source;
  }

  private void checkHeader() {
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!seen.add(column)) {
        throw refusal(
            "NN-053",
            "%s has two columns called %s".formatted(name, column),
            "%s, header: %s".formatted(name, String.join(", ", columns)),
            "give every column a name of its own in the first line");
      }
    }
  }

  private void checkWidth(Row row) {
    if (row.cells().size() != columns.size()) {
      throw refusal(
          "NN-054",
          "a row of %s has %s cells, the header %s"
              .formatted(name, row.cells().size(), columns.size()),
          "%s line %s: %s".formatted(name, row.line(), String.join(", ", row.cells())),
          "complete the row; put a cell that holds a separator in quotes, write decimals with a"
              + " point");
    }
  }

  static DiagnosticException refusal(String code, String message, String received, String help) {
    return new Diagnostic(code, brief(message), Location.current(), brief(received), help)
        .exception();
  }

  /** What a file holds may be long and have line breaks; a line of a diagnostic must not. */
  private static String brief(String text) {
    String start = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    return start.replaceAll("\\p{Cntrl}", " ");
  }
}
