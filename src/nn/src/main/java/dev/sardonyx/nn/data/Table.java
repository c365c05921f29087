package dev.sardonyx.nn.data;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.data.CsvSource.Row;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a CSV file under named columns, or some of its rows. The first line of the file names the
 * columns; it is UTF-8 text, with or without a byte-order mark. Spaces around cells do not count.
 *
 * <pre>{@code
 * Table.Split iris = Table.read(Path.of("iris.csv")).shuffled(1).split(2.0 / 3);
 * Tensor x = iris.first().floatsExcept("species");
 * Tensor y = iris.first().categories("species").labels();
 * }</pre>
 */
public final class Table {
  private final CsvSource source;
  private final List<Row> rows;

  /** A table in two parts. */
  public record Split(Table first, Table second) {}

  private Table(CsvSource source, List<Row> rows) {
    this.source = source;
    this.rows = rows;
  }

  /** The table in {@code file}, its cells separated by commas. */
  public static Table read(Path file) {
    return read(file, ',');
  }

  public static Table read(Path file, char separator) {
    try {
      return read(Files.newBufferedReader(file), String.valueOf(file.getFileName()), separator);
    } catch (IOException e) {
      throw CsvSource.unreadable(file.toString(), e);
    }
  }

  /** The table in a file on the class path, such as {@code data/iris.csv}. */
  public static Table resource(String path) {
    InputStream stream = open(path);
    if (stream == null) {
      throw CsvSource.unreadable(
          path, new FileNotFoundException("there is no such file on the class path"));
    }
    return read(new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder()), path, ',');
  }

  private static @Nullable InputStream open(String path) {
    String plain = path.startsWith("/") ? path.substring(1) : path;
    ClassLoader application = Thread.currentThread().getContextClassLoader();
    return application == null
        ? Table.class.getClassLoader().getResourceAsStream(plain)
        : application.getResourceAsStream(plain);
  }

  /** The table in {@code text}, which is closed; errors call it {@code name}. */
  public static Table read(Reader text, String name, char separator) {
    CsvSource source = CsvSource.read(text, name, separator);
    return new Table(source, source.rows());
  }

  public List<String> columns() {
    return source.columns();
  }

  /** The number of rows. */
  public int rows() {
    return rows.size();
  }

  /** The numbers in these columns, float32[rows, columns]. */
  public Tensor floats(String... columns) {
    List<Cells> cells = Arrays.stream(columns).map(name -> Cells.of(source, name)).toList();
    float[] numbers = new float[Math.multiplyExact(rows.size(), cells.size())];
    int i = 0;
    for (Row row : rows) {
      for (Cells column : cells) {
        numbers[i++] = column.number(row);
      }
    }
    return numbers.length == 0
        ? Tensor.zeros(ElementType.FLOAT32, rows.size(), cells.size())
        : Tensor.of(numbers, rows.size(), cells.size());
  }

  /** The numbers in all columns but these, float32[rows, columns]. */
  public Tensor floatsExcept(String... columns) {
    for (String column : columns) {
      Cells.of(source, column);
    }
    List<String> left = new ArrayList<>(source.columns());
    left.removeAll(Arrays.asList(columns));
    return floats(left.toArray(String[]::new));
  }

  /**
   * The classes in a column. They are numbered by their first appearance in the file, whichever of
   * its rows this table has: the parts of a {@link #split} agree.
   */
  public Categories categories(String column) {
    Cells cells = Cells.of(source, column);
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (Row row : source.rows()) {
      numbers.putIfAbsent(cells.text(row), numbers.size());
    }
    long[] labels = rows.stream().mapToLong(row -> numbers.get(cells.text(row))).toArray();
    return new Categories(Tensor.of(labels), List.copyOf(numbers.keySet()));
  }

  /** The classes in a column as one-hot rows, float32[rows, classes]. */
  public Tensor oneHot(String column) {
    return categories(column).oneHot();
  }

  /** The rows in another order, always the same for one seed. */
  public Table shuffled(long seed) {
    List<Row> shuffled = new ArrayList<>(rows);
    // Random's numbers are specified to the bit, so that every JDK shuffles alike.
    Random random = new Random(seed);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, random.nextInt(i + 1));
    }
    return new Table(source, List.copyOf(shuffled));
  }

  /** The first {@code fraction} of the rows, rounded to a row, and the others; neither is empty. */
  public Split split(double fraction) {
    long first = Math.round(rows.size() * fraction);
    if (!(fraction > 0 && fraction < 1) || first == 0 || first == rows.size()) {
      throw CsvSource.refusal(
          "NN-058",
          "cannot split %s rows at %s of them".formatted(rows.size(), fraction),
          "rows: %s   fraction: %s".formatted(rows.size(), fraction),
          "give a fraction between 0 and 1 that leaves rows on both sides");
    }
    return new Split(take((int) first), drop((int) first));
  }

  /** The first {@code count} rows. */
  public Table take(int count) {
    return new Table(source, rows.subList(0, checked(count)));
  }

  /** All rows but the first {@code count}. */
  public Table drop(int count) {
    return new Table(source, rows.subList(checked(count), rows.size()));
  }

  private int checked(int count) {
    if (count < 0 || count > rows.size()) {
      throw CsvSource.refusal(
          "NN-058",
          "cannot count off %s of %s rows".formatted(count, rows.size()),
          "rows: %s   count: %s".formatted(rows.size(), count),
          "give a number of rows from 0 to " + rows.size());
    }
    return count;
  }

  @Override
  public String toString() {
    return "%s: %s rows of %s".formatted(source.name(), rows.size(), source.columns());
  }
}
