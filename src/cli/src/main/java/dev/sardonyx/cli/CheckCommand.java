package dev.sardonyx.cli;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.onnx.ModelCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what is wrong with models, all of it at once. */
@Command(
    name = "check",
    description = "Reads models, infers all types, and lists all that is wrong.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit status: 0 if nothing is wrong, 1 if something is, 2 for wrong usage."})
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "ONNX files.")
  private List<Path> files;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    int bad = 0;
    for (Path file : files) {
      List<Diagnostic> problems = ModelCheck.problems(file);
      problems.forEach(out::println);
      String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
      out.println(file + ": " + (problems.isEmpty() ? "ok" : count));
      bad += problems.isEmpty() ? 0 : 1;
    }
    out.flush();
    return bad == 0 ? 0 : Failures.FAILED;
  }
}
