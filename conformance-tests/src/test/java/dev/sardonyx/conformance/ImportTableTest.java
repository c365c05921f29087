package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.conformance.ImportTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the tables of what is imported, in README.md and docs/keras.md, to what the catalogue does;
 * with the property {@code imported.write} it writes them there.
 */
class ImportTableTest {
  private static final String START = "<!-- made by ImportTableTest: do not edit -->\n";
  private static final String END = "<!-- end of what ImportTableTest made -->\n";

  @TempDir Path scratch;

  @Test
  void thePagesAreAsTheCatalogueIs() throws IOException {
    Map<String, List<Row>> layers = new ImportTable(scratch).rows();
    Map<String, List<Row>> operations = ImportTable.operations();
    assertTrue(layers.values().stream().mapToInt(List::size).sum() > 130, layers::toString);
    hold(root().resolve("README.md"), summary(layers, operations));
    hold(root().resolve("docs/keras.md"), all(layers, operations));
  }

  private static void hold(Path page, String made) throws IOException {
    String old = Files.readString(page);
    int start = old.indexOf(START);
    int end = old.indexOf(END);
    assertTrue(start >= 0 && end > start, page + " has no place for the table");
    String wanted = old.substring(0, start) + START + made + old.substring(end);
    if (Boolean.getBoolean("imported.write")) {
      Files.writeString(page, wanted);
    }
    assertEquals(
        wanted, Files.readString(page), "run this test with -Dimported.write=true, and look");
  }

  /** Builds run in the module or in the root. */
  private static Path root() {
    String module = System.getProperty("basedir", System.getProperty("user.dir"));
    Path folder = Path.of(module).toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("docs/keras.md"))) {
      folder = folder.getParent();
    }
    assertTrue(folder != null, "docs/keras.md is not above " + module);
    return folder;
  }

  private static String summary(Map<String, List<Row>> layers, Map<String, List<Row>> operations) {
    StringBuilder text = new StringBuilder("| layers of Keras | predict | train | of |\n");
    text.append("|---|---:|---:|---:|\n");
    List<Row> all = new ArrayList<>();
    ImportTable.TITLES.forEach(
        (family, title) -> {
          List<Row> rows = layers.getOrDefault(family, List.of());
          all.addAll(rows);
          text.append(counts(title, rows));
        });
    text.append(counts("**all layers**", all));
    List<Row> nodes = operations.values().stream().flatMap(List::stream).toList();
    long imported = nodes.stream().filter(Row::infers).count();
    text.append("| operations of `keras.ops` | %s | | %s |\n".formatted(imported, nodes.size()));
    return text.toString();
  }

  private static String counts(String title, List<Row> rows) {
    long infer = rows.stream().filter(Row::infers).count();
    long train = rows.stream().filter(Row::trains).count();
    return "| %s | %s | %s | %s |\n".formatted(title, infer, train, rows.size());
  }

  private static String all(Map<String, List<Row>> layers, Map<String, List<Row>> operations) {
    StringBuilder text = new StringBuilder();
    ImportTable.TITLES.forEach(
        (family, title) -> {
          text.append("\n### %s\n\n| layer | inference | training | notes |\n".formatted(title));
          text.append("|---|---|---|---|\n");
          for (Row row : layers.getOrDefault(family, List.of())) {
            text.append(
                "| %s | %s | %s | %s |\n"
                    .formatted(row.layer(), row.inference(), row.training(), row.notes()));
          }
        });
    text.append("\n### Operations\n\n| module | imported | of | refused |\n|---|---:|---:|---|\n");
    operations.forEach(
        (module, rows) -> {
          Map<String, List<String>> refused = new TreeMap<>();
          rows.stream()
              .filter(row -> !row.infers())
              .forEach(
                  row ->
                      refused
                          .computeIfAbsent(row.notes(), why -> new ArrayList<>())
                          .add(row.layer()));
          List<String> reasons = new ArrayList<>();
          refused.forEach((why, names) -> reasons.add(String.join(", ", names) + ": " + why));
          text.append(
              "| %s | %s | %s | %s |\n"
                  .formatted(
                      module,
                      rows.stream().filter(Row::infers).count(),
                      rows.size(),
                      String.join("; ", reasons)));
        });
    return text.append("\n").toString();
  }
}
