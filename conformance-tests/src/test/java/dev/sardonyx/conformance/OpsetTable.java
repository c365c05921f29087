package dev.sardonyx.conformance;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.cli.product.ProductWorker;
import dev.sardonyx.cli.verify.Kind;
import dev.sardonyx.cli.verify.Settings;
import dev.sardonyx.cli.verify.Verification;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.onnx.Opset;
import dev.sardonyx.testkit.OnnxCase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes every case of the standard at every opset, reads and runs what was written, and puts the
 * counts into docs/opsets.md.
 *
 * <p>Arguments: the unpacked folder of the standard's node cases, a folder to work in, the page to
 * write.
 */
final class OpsetTable {
  private static final String START = "<!-- made by OpsetTable: do not edit below -->\n";

  /** The newest opset that ONNX Runtime 1.29 runs by itself. */
  private static final int NEWEST_RUN = 26;

  private final Path work;
  private final Map<String, Graph> graphs = new TreeMap<>();
  private final Map<String, Path> folders = new TreeMap<>();
  private final StringBuilder rows = new StringBuilder();
  private final Map<String, String> refusals = new TreeMap<>();
  private final Map<String, String> failures = new TreeMap<>();
  private int unread;

  private OpsetTable(Path work) {
    this.work = work;
  }

  public static void main(String[] arguments) throws Exception {
    OpsetTable table = new OpsetTable(Path.of(arguments[1]));
    table.read(Path.of(arguments[0]));
    for (int opset = Opset.OLDEST_WRITTEN; opset <= Opset.NEWEST; opset++) {
      table.row(opset);
    }
    table.write(Path.of(arguments[2]));
  }

  private void read(Path cases) {
    for (OnnxCase c : OnnxCase.in(cases)) {
      String name = c.folder().getFileName().toString();
      try {
        graphs.put(name, OnnxFile.read(c.model()));
        folders.put(name, c.folder().toAbsolutePath());
      } catch (DiagnosticException e) {
        unread++;
      }
    }
  }

  private void row(int opset) throws IOException, InterruptedException {
    Path folder = work.resolve(Integer.toString(opset));
    int converted = 0;
    for (Map.Entry<String, Graph> entry : graphs.entrySet()) {
      byte[] bytes;
      try {
        bytes = OnnxFile.bytes(entry.getValue(), Export.atOpset(opset));
      } catch (DiagnosticException e) {
        refusals.merge(types(e), " " + opset, (a, b) -> a.endsWith(b) ? a : a + b);
        continue;
      }
      converted++;
      place(folder.resolve(entry.getKey()), bytes, folders.get(entry.getKey()));
    }
    int verified = verified(folder, false);
    String direct = opset > NEWEST_RUN ? "" : Integer.toString(verified(folder, true));
    String row =
        "| %d | %d | %d | %d | %s |\n"
            .formatted(opset, graphs.size() - converted, converted, verified, direct);
    rows.append(row);
    System.out.print(row);
  }

  /** The operators that a refusal names. */
  private static String types(DiagnosticException e) {
    return e.diagnostic().message().replaceAll(" cannot be written.*", "");
  }

  /** A case of its own: the model, and links to the data. */
  private static void place(Path folder, byte[] model, Path original) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("model.onnx"), model);
    try (Stream<Path> entries = Files.list(original)) {
      for (Path set : entries.filter(Files::isDirectory).sorted().toList()) {
        Path link = folder.resolve(set.getFileName());
        if (!Files.exists(link)) {
          Files.createSymbolicLink(link, set);
        }
      }
    }
  }

  private int verified(Path folder, boolean direct) throws IOException, InterruptedException {
    Path json = work.resolve(folder.getFileName() + (direct ? "-direct" : "") + ".json");
    Settings settings = new Settings(Set.of(Kind.OUTPUTS), true, direct, false);
    new Verification(settings, 2, Duration.ofSeconds(60), List.of(), ProductWorker.class)
        .run(List.of(folder), new PrintWriter(Writer.nullWriter()), true, json);
    int passed = 0;
    for (Object row : JSON.std.listFrom(json.toFile())) {
      Map<?, ?> outcome = (Map<?, ?>) row;
      if (!"failed".equals(outcome.get("status"))) {
        passed++;
      } else if (!direct) {
        String name = Path.of((String) outcome.get("name")).getFileName().toString();
        String opset = " " + folder.getFileName();
        failures.merge(name, opset, String::concat);
      }
    }
    return passed;
  }

  private void write(Path page) throws IOException {
    List<String> text = new ArrayList<>();
    text.add(START);
    text.add(
        "Of the standard's %d node cases %d are read.\n"
            .formatted(graphs.size() + unread, graphs.size()));
    text.add("| opset | refused | written | of these verified | run by ONNX Runtime itself |");
    text.add("|---:|---:|---:|---:|---:|");
    text.add(rows.toString());
    text.add("Refused are these operators, alone or together, at these opsets:\n");
    refusals.forEach((types, opsets) -> text.add("* " + types + ":" + opsets));
    text.add("\nWritten, but not verified, are these cases at these opsets:\n");
    failures.forEach((name, opsets) -> text.add("* " + name + ":" + opsets));
    String old = Files.exists(page) ? Files.readString(page) : "";
    int end = old.indexOf(START);
    Files.writeString(
        page, (end < 0 ? old : old.substring(0, end)) + String.join("\n", text) + "\n");
  }
}
