package dev.sardonyx.build;

import java.util.List;

/**
 * What became of a {@link CompileRequest}.
 *
 * @param models the compiled models by name; none if there are problems
 * @param problems what is wrong with the definitions; then no file was touched
 * @param upToDate whether nothing had changed since the last run, so that nothing was run
 */
public record CompileResult(List<CompiledModel> models, List<Problem> problems, boolean upToDate) {

  public CompileResult {
    models = List.copyOf(models);
    problems = List.copyOf(problems);
  }

  static CompileResult failed(List<Problem> problems) {
    return new CompileResult(List.of(), problems, false);
  }
}
