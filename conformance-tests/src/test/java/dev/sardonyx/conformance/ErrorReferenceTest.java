package dev.sardonyx.conformance;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/errors.md} to the sources: every code that main sources use has a row, every
 * row a code that is used, and every code a test that provokes it.
 */
class ErrorReferenceTest {
  /** The codes that no test can provoke, and why. */
  private static final Map<String, String> WITHOUT_TEST =
      Map.of(
          "TEXT-011", "guards the reading of texts against failures that operators do not foresee",
          "ONNX-021", "guards the reading of files against failures that operators do not foresee");

  private static final String CODE =
      "((?:TYPE|SHAPE|ATTR|GRAPH|GRAD|TEXT|ONNX|KERAS|RT|NN|BUILD|CLI)-\\d{3})";
  private static final Pattern MENTIONED = Pattern.compile("\\b" + CODE + "\\b");
  private static final Pattern LITERAL = Pattern.compile("\"" + CODE + "\"");
  private static final Pattern ANY_LITERAL = Pattern.compile("\"([A-Z]+-\\d{3})\"");
  private static final Pattern ROW =
      Pattern.compile("^\\| " + CODE + " \\| \\S[^|]*\\. \\| \\S[^|]*\\. \\|$", Pattern.MULTILINE);
  private static final Pattern SECTION = Pattern.compile("(?m)^## ([A-Z]+)$");

  private static final Path ROOT = root();
  static final String REFERENCE = text(ROOT.resolve("docs/errors.md"));
  private static final Set<String> USED = codes("main", LITERAL);

  /** Builds run in the module or in the root, and the root is where the reference is. */
  private static Path root() {
    String module = System.getProperty("basedir", System.getProperty("user.dir"));
    Path folder = Path.of(module).toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("docs/errors.md"))) {
      folder = folder.getParent();
    }
    assertTrue(folder != null, "docs/errors.md is not above " + module);
    return folder;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The trees {@code src/main} or {@code src/test} of all modules but the samples. */
  private static List<Path> trees(String kind) throws IOException {
    List<Path> trees = new ArrayList<>();
    for (String group : List.of("src", "plugins")) {
      try (Stream<Path> modules = Files.list(ROOT.resolve(group))) {
        modules
            .map(m -> m.resolve("src").resolve(kind))
            .filter(Files::isDirectory)
            .forEach(trees::add);
      }
    }
    trees.add(ROOT.resolve("conformance-tests/src").resolve(kind));
    return trees.stream().filter(Files::isDirectory).sorted().toList();
  }

  private static Set<String> codes(String kind, Pattern pattern) {
    Set<String> found = new TreeSet<>();
    try {
      for (Path tree : trees(kind)) {
        try (Stream<Path> files = Files.walk(tree)) {
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("ErrorReferenceTest.java"))
              .forEach(file -> found.addAll(in(text(file), pattern)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static List<String> in(String text, Pattern pattern) {
    return pattern.matcher(text).results().map(r -> r.group(1)).toList();
  }

  private static Set<String> without(Set<String> codes, Set<String> others) {
    return codes.stream().filter(c -> !others.contains(c)).collect(toCollection(TreeSet::new));
  }

  @Test
  void everyCodeHasARow() {
    assertTrue(USED.size() > 100, "the main sources were not found: " + USED);
    assertEquals(Set.of(), without(USED, new TreeSet<>(in(REFERENCE, ROW))));
  }

  @Test
  void everyRowHasACode() {
    assertEquals(Set.of(), without(new TreeSet<>(in(REFERENCE, ROW)), USED));
    assertEquals(Set.of(), without(new TreeSet<>(in(REFERENCE, MENTIONED)), USED));
  }

  @Test
  void rowsAreInOrderBelowTheirFamilies() {
    List<String> rows = in(REFERENCE, ROW);
    Map<String, List<String>> families = new TreeMap<>();
    List<MatchResult> sections = SECTION.matcher(REFERENCE).results().toList();
    for (int i = 0; i < sections.size(); i++) {
      int end = i + 1 < sections.size() ? sections.get(i + 1).start() : REFERENCE.length();
      String section = REFERENCE.substring(sections.get(i).start(), end);
      String family = sections.get(i).group(1);
      families.put(family, in(section, ROW));
      assertTrue(section.contains("\n[" + family + "-"), family + " has no example");
    }
    assertEquals(rows.size(), families.values().stream().mapToInt(List::size).sum());
    families.forEach(
        (family, codes) -> {
          assertEquals(List.copyOf(new TreeSet<>(codes)), codes);
          assertTrue(codes.stream().allMatch(c -> c.startsWith(family + "-")), codes::toString);
        });
  }

  @Test
  void thereIsNoOtherFamily() {
    Set<String> others = without(codes("main", ANY_LITERAL), USED);
    others.removeIf(code -> code.startsWith("SHA-"));
    assertEquals(Set.of(), others);
  }

  @Test
  void everyCodeHasATest() {
    Set<String> tested = codes("test", MENTIONED);
    assertEquals(WITHOUT_TEST.keySet(), without(USED, tested));
  }

  /** Whoever wonders about a code without a test finds the reason where the codes are. */
  @Test
  void exceptionsAreNamedInTheReference() {
    String last = REFERENCE.substring(REFERENCE.indexOf("\n## Codes without a test\n"));
    assertEquals(WITHOUT_TEST.keySet(), new TreeSet<>(in(last, MENTIONED)));
  }
}
