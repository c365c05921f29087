package dev.sardonyx.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Compiles the model definitions of a module to ONNX resources. */
public final class ModelCompiler {
  private ModelCompiler() {}

  /**
   * Brings the output directory up to date with the definitions: all of them, or none if one has a
   * problem.
   *
   * @param output takes what the definitions print, line by line, from another thread
   * @throws dev.sardonyx.ir.diagnostic.DiagnosticException if files cannot be read or written
   *     (BUILD-017) or Java cannot be started (BUILD-015)
   */
  public static CompileResult compile(CompileRequest request, Consumer<String> output) {
    try {
      return bringUpToDate(request, output);
    } catch (IOException e) {
      throw Refusal.files(e).exception(e);
    }
  }

  private static CompileResult bringUpToDate(CompileRequest request, Consumer<String> output)
      throws IOException {
    Definitions found = Definitions.find(request.classesDirectory());
    if (!found.failures().isEmpty()) {
      return failed(request, found.failures());
    }
    Outputs outputs = new Outputs(request);
    if (found.valid().isEmpty() && outputs.last().models().isEmpty()) {
      return new CompileResult(List.of(), List.of(), true);
    }
    Set<String> ours = new TreeSet<>(outputs.last().models().keySet());
    found.valid().forEach(d -> ours.add(d.resource()));
    String fingerprint = Fingerprint.of(request, found.valid(), ours);
    if (outputs.areOf(fingerprint)) {
      return new CompileResult(outputs.models(outputs.last(), Set.of()), List.of(), true);
    }
    return make(request, output, found.valid(), outputs, fingerprint);
  }

  private static CompileResult make(
      CompileRequest request,
      Consumer<String> output,
      List<Definition> definitions,
      Outputs outputs,
      String fingerprint)
      throws IOException {
    try (Workbench bench = new Workbench(request, output)) {
      Report report = definitions.isEmpty() ? Report.of(List.of()) : bench.make(definitions);
      List<Failure> failures = new ArrayList<>(report.failures());
      if (failures.isEmpty()) {
        failures.addAll(outputs.taken(definitions, bench));
      }
      if (!failures.isEmpty()) {
        return failed(request, failures);
      }
      Set<String> changed = outputs.install(definitions, bench);
      Index index = outputs.record(definitions, report, fingerprint);
      return new CompileResult(outputs.models(index, changed), List.of(), false);
    }
  }

  private static CompileResult failed(CompileRequest request, List<Failure> failures)
      throws IOException {
    SourceRoots roots = new SourceRoots(request.sourceRoots());
    List<Problem> problems = new ArrayList<>();
    for (Failure failure : failures) {
      problems.add(roots.locate(failure));
    }
    return new CompileResult(List.of(), problems, false);
  }
}
