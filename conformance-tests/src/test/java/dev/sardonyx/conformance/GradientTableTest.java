package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.Catalog;
import dev.sardonyx.ir.OpSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Holds the tables of {@code docs/gradients.md} to the operators; {@code main} writes them. */
class GradientTableTest {
  private static final String START = "<!-- made by GradientTableTest: do not edit below -->\n";

  /** Where the gradient of an operator comes from. */
  private enum Way {
    RULE("By a rule of their own"),
    EXPANSION("Through their expansion into other operators"),
    BODY("Through their bodies"),
    NONE("Without a gradient");

    private final String title;

    Way(String title) {
      this.title = title;
    }
  }

  public static void main(String[] arguments) throws IOException {
    Path page = page();
    Files.writeString(page, written(Files.readString(page)) + tables());
  }

  /** Builds run in the module or in the root, and the root is where the page is. */
  private static Path page() {
    String module = System.getProperty("basedir", System.getProperty("user.dir"));
    Path folder = Path.of(module).toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("docs/gradients.md"))) {
      folder = folder.getParent();
    }
    assertTrue(folder != null, "docs/gradients.md is not above " + module);
    return folder.resolve("docs/gradients.md");
  }

  /** The page up to the tables. */
  private static String written(String page) {
    int start = page.indexOf(START);
    assertTrue(start >= 0, "the page has no line " + START);
    return page.substring(0, start);
  }

  private static Way way(OpSchema schema) {
    if (schema.notDifferentiable() != null) {
      return Way.NONE;
    }
    if (schema.hasBodies()) {
      return Way.BODY;
    }
    return schema.hasGradientRule() ? Way.RULE : Way.EXPANSION;
  }

  private static Map<Way, List<String>> operators() {
    Map<Way, List<String>> operators = new TreeMap<>();
    for (Way way : Way.values()) {
      operators.put(way, new ArrayList<>());
    }
    for (OpSchema schema : Catalog.ops()) {
      String name = (schema.domain().isEmpty() ? "" : schema.domain() + ".") + schema.type();
      operators.get(way(schema)).add(name);
    }
    operators.values().forEach(names -> names.sort(null));
    return operators;
  }

  /** Operators by the reason for which they have no gradient. */
  private static Map<String, List<String>> reasons() {
    Map<String, List<String>> reasons = new TreeMap<>();
    for (OpSchema schema : Catalog.ops()) {
      String reason = schema.notDifferentiable();
      if (reason != null) {
        String name = (schema.domain().isEmpty() ? "" : schema.domain() + ".") + schema.type();
        reasons.computeIfAbsent(reason, key -> new ArrayList<>()).add(name);
      }
    }
    reasons.values().forEach(names -> names.sort(null));
    return reasons;
  }

  private static String listed(List<String> names) {
    return "`" + String.join("` `", names) + "`";
  }

  private static String tables() {
    Map<Way, List<String>> operators = operators();
    int without = operators.get(Way.NONE).size();
    StringBuilder text = new StringBuilder(START);
    text.append(
        "\nOf %s operators %s have a gradient. Of %s there is none.\n"
            .formatted(Catalog.ops().size(), Catalog.ops().size() - without, without));
    for (Way way : List.of(Way.RULE, Way.EXPANSION, Way.BODY)) {
      List<String> names = operators.get(way);
      text.append("\n## %s: %d\n\n%s\n".formatted(way.title, names.size(), listed(names)));
    }
    text.append(
        "\n## %s: %d\n\n| why | operators |\n|---|---|\n".formatted(Way.NONE.title, without));
    reasons().forEach((reason, n) -> text.append("| %s | %s |\n".formatted(reason, listed(n))));
    return text.toString();
  }

  @Test
  void thePageIsAsTheOperatorsAre() throws IOException {
    String page = Files.readString(page());
    assertEquals(
        written(page) + tables(), page, "run GradientTableTest.main to write the tables anew");
  }

  @Test
  void nearlyAllOperatorsOfModelsHaveAGradient() {
    int without = operators().get(Way.NONE).size();
    assertTrue(Catalog.ops().size() - without >= 135, "only " + (Catalog.ops().size() - without));
  }
}
