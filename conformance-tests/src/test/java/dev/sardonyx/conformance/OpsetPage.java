package dev.sardonyx.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The part of docs/opsets.md that is made: tables, and a reason for each gap in them. */
final class OpsetPage {
  static final String START = "<!-- From here on the page is written by OpsetTableTest. -->\n";

  private final List<OpsetTable.Row> rows;
  private final int cases;

  /** What has no reason in the lists beside this class's resources. */
  private final TreeSet<String> unexplained = new TreeSet<>();

  OpsetPage(List<OpsetTable.Row> rows, int cases) {
    this.rows = rows;
    this.cases = cases;
  }

  TreeSet<String> unexplained() {
    return unexplained;
  }

  String text() throws IOException {
    return String.join("\n", START, counts(), refused(), unverified(), notAlone());
  }

  private String counts() {
    StringBuilder text = new StringBuilder("## Counts\n\n");
    text.append("Of each opset: what became of the standard's %s cases.\n\n".formatted(cases));
    text.append(
        "| opset | written | verified | by ONNX Runtime alone | not verified | refused |\n");
    text.append("|---:|---:|---:|---:|---:|---:|\n");
    for (OpsetTable.Row row : rows) {
      text.append(line(row)).append("\n");
    }
    return text.toString();
  }

  static String line(OpsetTable.Row row) {
    return "| %s | %s | %s | %s | %s | %s |"
        .formatted(
            row.opset(),
            row.written(),
            row.verified(),
            row.opset() > OpsetTable.NEWEST_RUN ? "—" : row.alone(),
            row.unverified().size(),
            row.refused().size());
  }

  private String refused() throws IOException {
    SortedMap<String, SortedMap<Integer, Integer>> operators = new TreeMap<>();
    for (OpsetTable.Row row : rows) {
      row.refused()
          .values()
          .forEach(
              names ->
                  names.forEach(
                      name ->
                          operators
                              .computeIfAbsent(name, n -> new TreeMap<>())
                              .merge(row.opset(), 1, Integer::sum)));
    }
    Map<String, String> reasons = reasons("refused.tsv");
    StringBuilder text = new StringBuilder("## Refused\n\n");
    text.append("| operator | at opsets | cases | why |\n|---|---|---:|---|\n");
    operators.forEach(
        (name, counts) -> {
          String why = reasons.getOrDefault(name, "");
          if (why.isEmpty()) {
            unexplained.add("refused: " + name);
          }
          text.append(
              "| %s | %s | %s | %s |\n"
                  .formatted(name, ranges(counts.keySet()), range(counts.values()), why));
        });
    return text.toString();
  }

  private String unverified() throws IOException {
    Map<String, TreeSet<Integer>> where = new TreeMap<>();
    Map<String, String> messages = new TreeMap<>();
    for (OpsetTable.Row row : rows) {
      row.unverified()
          .forEach(
              (name, message) -> {
                where.computeIfAbsent(name, n -> new TreeSet<>()).add(row.opset());
                messages.putIfAbsent(name, message);
              });
    }
    Map<String, String> reasons = reasons("unverified.tsv");
    Map<String, SortedMap<String, TreeSet<Integer>>> byReason = new LinkedHashMap<>();
    where.forEach(
        (name, at) -> {
          String why = matching(reasons, name);
          if (why.isEmpty()) {
            unexplained.add("not verified: " + name + " at " + at + ": " + messages.get(name));
          }
          byReason.computeIfAbsent(why, w -> new TreeMap<>()).put("`" + name + "`", at);
        });
    StringBuilder text = new StringBuilder("## Written, but not verified\n\n");
    text.append("| cases | at opsets | why |\n|---|---|---|\n");
    byReason.forEach(
        (why, names) -> {
          TreeSet<Integer> at = new TreeSet<>();
          names.values().forEach(at::addAll);
          text.append(
              "| %s | %s | %s |\n".formatted(String.join(" ", names.keySet()), ranges(at), why));
        });
    return text.toString();
  }

  private String notAlone() throws IOException {
    Map<String, String> reasons = reasons("not-alone.tsv");
    Map<String, SortedMap<Integer, Integer>> counts = new LinkedHashMap<>();
    reasons.values().forEach(why -> counts.put(why, new TreeMap<>()));
    for (OpsetTable.Row row : rows) {
      row.byRuntime()
          .forEach(
              (name, message) -> {
                String why = matching(reasons, name + ": " + message);
                if (why.isEmpty()) {
                  unexplained.add("not alone: " + name + " at " + row.opset() + ": " + message);
                } else {
                  counts.get(why).merge(row.opset(), 1, Integer::sum);
                }
              });
    }
    StringBuilder text = new StringBuilder("## Verified, but not by ONNX Runtime alone\n\n");
    text.append("| why | at opsets | cases |\n|---|---|---:|\n");
    counts.forEach(
        (why, by) -> {
          if (!by.isEmpty()) {
            text.append(
                "| %s | %s | %s |\n".formatted(why, ranges(by.keySet()), range(by.values())));
          }
        });
    return text.toString();
  }

  private static String matching(Map<String, String> reasons, String text) {
    return reasons.entrySet().stream()
        .filter(e -> Pattern.compile(e.getKey()).matcher(text).find())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  /** A file of lines: what it is about, a tab, the reason. */
  private static Map<String, String> reasons(String file) throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    try (InputStream in =
        Objects.requireNonNull(OpsetPage.class.getResourceAsStream("/opsets/" + file))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t"))
          .forEach(parts -> reasons.put(parts[0], parts[1]));
    }
    return reasons;
  }

  private static String range(Iterable<Integer> numbers) {
    TreeSet<Integer> sorted = new TreeSet<>();
    numbers.forEach(sorted::add);
    return sorted.first().equals(sorted.last())
        ? sorted.first().toString()
        : sorted.first() + "–" + sorted.last();
  }

  /** Such as 13–17, 20. */
  private static String ranges(Iterable<Integer> opsets) {
    List<String> ranges = new ArrayList<>();
    Integer first = null;
    Integer last = null;
    for (Integer opset : opsets) {
      if (last != null && opset == last + 1) {
        ranges.set(ranges.size() - 1, first + "–" + opset);
      } else {
        first = opset;
        ranges.add(opset.toString());
      }
      last = opset;
    }
    return String.join(", ", ranges);
  }
}
