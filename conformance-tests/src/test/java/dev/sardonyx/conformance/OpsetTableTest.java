package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.onnx.Opset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes every case of the standard at every opset, reads and runs what was written, and holds the
 * counts to docs/opsets.md; with the property {@code opsets.write} it writes them there. Each gap
 * must have a reason in {@code src/test/resources/opsets}.
 */
@Tag("long")
class OpsetTableTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", ""), "../docs/opsets.md").normalize();

  @TempDir Path scratch;

  @Test
  void isAsThePageSays() throws IOException, InterruptedException {
    Path given = NodeCases.path();
    assumeTrue(Files.exists(given), "the standard's node cases are not at " + given);
    Path cases = NodeCases.unpacked(given, scratch.resolve("cases"));
    OpsetTable table = new OpsetTable(cases, scratch.resolve("work"));
    List<OpsetTable.Row> rows = new ArrayList<>();
    for (int opset = Opset.OLDEST_WRITTEN; opset <= Opset.NEWEST; opset++) {
      OpsetTable.Row row = table.row(opset);
      System.out.println(OpsetPage.line(row));
      rows.add(row);
    }
    OpsetPage page = new OpsetPage(rows, table.cases());
    String made = page.text();
    String old = Files.readString(PAGE);
    if (Boolean.getBoolean("opsets.write")) {
      String head = old.substring(0, old.indexOf(OpsetPage.START));
      Files.writeString(PAGE, head + made);
    } else {
      rows.forEach(row -> hold(row, old));
    }
    assertEquals(Set.of(), page.unexplained());
  }

  /** As much is written as the page says, and no less verified: systems have what others lack. */
  private static void hold(OpsetTable.Row row, String page) {
    Matcher line =
        Pattern.compile("(?m)^\\| %s \\| (\\d+) \\| (\\d+) \\|.*$".formatted(row.opset()))
            .matcher(page);
    assertTrue(line.find(), "the page has no opset " + row.opset());
    assertEquals(Integer.parseInt(line.group(1)), row.written(), OpsetPage.line(row));
    assertTrue(
        row.verified() >= Integer.parseInt(line.group(2)),
        () -> "fewer than before are verified: %s %s".formatted(OpsetPage.line(row), row));
  }
}
