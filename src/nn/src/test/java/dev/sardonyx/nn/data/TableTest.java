package dev.sardonyx.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
  private static final String FLOWERS =
      """
      length,width,kind
      1.5,2,rose
      -3,1e-1,tulip
      .5,+4.,rose
      7,8,lily
      """;

  private static Table table(String text) {
    return Table.read(new StringReader(text), "flowers.csv", ',');
  }

  @Test
  void numbersComeByColumn() {
    Table table = table(FLOWERS);
    assertEquals(4, table.rows());
    assertEquals(List.of("length", "width", "kind"), table.columns());
    assertEquals(Tensor.of(new float[][] {{2}, {0.1f}, {4}, {8}}), table.floats("width"));
    assertEquals(
        Tensor.of(new float[][] {{1.5f, 2}, {-3, 0.1f}, {0.5f, 4}, {7, 8}}),
        table.floatsExcept("kind"));
  }

  @Test
  void classesAreNumberedByFirstAppearanceInTheFile() {
    Categories kinds = table(FLOWERS).categories("kind");
    assertEquals(List.of("rose", "tulip", "lily"), kinds.names());
    assertEquals(Tensor.of(new long[] {0, 1, 0, 2}), kinds.labels());
    assertEquals(
        Tensor.of(new float[][] {{1, 0, 0}, {0, 1, 0}, {1, 0, 0}, {0, 0, 1}}), kinds.oneHot());
    Categories last = table(FLOWERS).drop(3).categories("kind");
    assertEquals(kinds.names(), last.names());
    assertEquals(Tensor.of(new long[] {2}), last.labels());
  }

  @Test
  void quotesSpacesBlankLinesAndAByteOrderMarkDoNotCount() {
    Table table = table("\uFEFF\"a\", b \r\n\r\n 1 ,\"2\"\r\n");
    assertEquals(List.of("a", "b"), table.columns());
    assertEquals(Tensor.of(new float[][] {{1, 2}}), table.floats("a", "b"));
  }

  @Test
  void aSeedShufflesAlwaysAlike() {
    Table table = numbered(100);
    float[] once = table.shuffled(7).floats("n").toFloatArray();
    assertArrayEquals(once, table.shuffled(7).floats("n").toFloatArray());
    assertNotEquals(Tensor.of(once), Tensor.of(table.shuffled(8).floats("n").toFloatArray()));
    float[] sorted = once.clone();
    Arrays.sort(sorted);
    assertArrayEquals(table.floats("n").toFloatArray(), sorted);
  }

  @Test
  void aSplitLosesNoRow() {
    Table.Split split = numbered(10).split(2.0 / 3);
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5, 6}, split.first().floats("n").toFloatArray());
    assertArrayEquals(new float[] {7, 8, 9}, split.second().floats("n").toFloatArray());
  }

  private static Table numbered(int rows) {
    StringBuilder text = new StringBuilder("n\n");
    for (int i = 0; i < rows; i++) {
      text.append(i).append('\n');
    }
    return table(text.toString());
  }

  @Test
  void aMissingColumnIsNamedWithTheClosestThereIs() {
    Diagnostic refused = refused("NN-055", () -> table(FLOWERS).categories("knid"));
    assertEquals("flowers.csv has no column called knid", refused.message());
    assertEquals("columns: length, width, kind", refused.received());
    assertEquals("did you mean kind?", refused.help());
    refused("NN-055", () -> table(FLOWERS).floatsExcept("label"));
    Diagnostic separator = refused("NN-055", () -> table("a;b\n1;2\n").floats("a"));
    assertTrue(separator.help().contains("Table.read(file, ';')"), separator.help());
  }

  @Test
  void aCellThatIsNoNumberIsShownWithItsPlace() {
    Diagnostic text = refused("NN-056", () -> table(FLOWERS).floats("width", "kind"));
    assertEquals("flowers.csv line 2, column kind: \"rose\"", text.received());
    Diagnostic comma = refused("NN-056", () -> table("a\n1\n\"2,5\"\n").floats("a"));
    assertEquals("flowers.csv line 3, column a: \"2,5\"", comma.received());
    assertEquals("write a point where the decimals begin", comma.help());
    for (String cell : List.of("NaN", "1f", "0x1p3", "1e99", "Infinity", "1 2", "--1", ".")) {
      refused("NN-056", () -> table("a,b\n%s,0\n".formatted(cell)).floats("a"));
    }
  }

  @Test
  void anEmptyCellIsRefused() {
    Table table = table("a,b\n1,x\n,\n");
    assertEquals(
        "flowers.csv line 3, column a: \"\"",
        refused("NN-057", () -> table.floats("a")).received());
    refused("NN-057", () -> table.categories("b"));
  }

  @Test
  void aBrokenFileIsRefused() {
    refused("NN-051", () -> table("a,b\n\"1,2\n3,4\n"));
    refused("NN-052", () -> table(""));
    refused("NN-052", () -> table("a,b\n"));
    refused("NN-053", () -> table("a,b, a\n1,2,3\n"));
    assertEquals(
        "flowers.csv line 3: 3", refused("NN-054", () -> table("a,b\n1,2\n3\n")).received());
    refused("NN-054", () -> table("a,b\n1,2\n3,4,5\n"));
  }

  @Test
  void aDiagnosticStaysShort() {
    Diagnostic refused =
        refused("NN-054", () -> table("a,b\n\"x\ny" + "z".repeat(10_000) + "\"\n"));
    assertTrue(refused.received().length() < 400, refused.received());
    assertEquals(4, refused.toString().lines().count());
  }

  @Test
  void aFileThatCannotBeReadIsRefused(@TempDir Path folder) throws IOException {
    refused("NN-050", () -> Table.read(folder.resolve("absent.csv")));
    refused("NN-050", () -> Table.resource("absent.csv"));
    Path latin =
        Files.write(folder.resolve("latin.csv"), new byte[] {'a', '\n', (byte) 0xE4, '\n'});
    assertEquals("save the file as UTF-8", refused("NN-050", () -> Table.read(latin)).help());
  }

  @Test
  void filesAreReadFromDiskAndClassPath(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("semicolons.csv"), "größe;b\n1.5;2\n");
    assertEquals(Tensor.of(new float[][] {{1.5f}}), Table.read(file, ';').floats("größe"));
    assertEquals(
        Tensor.of(new float[][] {{1, 2}, {3, 4}}),
        Table.resource("dev/sardonyx/nn/data/numbers.csv").floatsExcept());
  }

  @Test
  void impossibleSplitsAreRefused() {
    Table table = table(FLOWERS);
    for (double fraction : new double[] {0, 1, -1, 0.01, 0.99, Double.NaN}) {
      refused("NN-058", () -> table.split(fraction));
    }
    refused("NN-058", () -> table.take(5));
    refused("NN-058", () -> table.drop(-1));
  }

  private static Diagnostic refused(String code, Executable work) {
    Diagnostic refused = assertThrows(DiagnosticException.class, work).diagnostic();
    assertEquals(code, refused.code());
    assertEquals("TableTest.java", refused.at().file());
    return refused;
  }
}
