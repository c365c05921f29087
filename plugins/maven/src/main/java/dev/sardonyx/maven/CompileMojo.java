package dev.sardonyx.maven;

import dev.sardonyx.build.CompileRequest;
import dev.sardonyx.build.CompileResult;
import dev.sardonyx.build.CompiledModel;
import dev.sardonyx.build.ModelCompiler;
import dev.sardonyx.build.Problem;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;

/**
 * Compiles the model definitions among the module's classes, the methods annotated with {@code
 * OnnxModel}, to ONNX resources. They run in a JVM of their own; what is up to date is left alone.
 */
@Mojo(
    name = "compile",
    defaultPhase = LifecyclePhase.PROCESS_CLASSES,
    requiresDependencyResolution = ResolutionScope.COMPILE,
    threadSafe = true)
public final class CompileMojo extends AbstractMojo {
  /** Leaves out this goal. */
  @Parameter(property = "sardonyx.skip", defaultValue = "false")
  private boolean skip;

  /** Where the models go. */
  @Parameter(defaultValue = "${project.build.outputDirectory}", required = true)
  private File outputDirectory;

  /** More options of the JVM that runs the definitions, such as {@code -Xmx2g}. */
  @Parameter private List<String> jvmArguments = List.of();

  /** How many seconds the definitions of the module may take. */
  @Parameter(property = "sardonyx.timeout", defaultValue = "600")
  private long timeout;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
  private MojoExecution execution;

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("sardonyx.skip is set: no model is compiled");
      return;
    }
    try {
      report(ModelCompiler.compile(request(), getLog()::info));
    } catch (DiagnosticException e) {
      throw new MojoExecutionException(e.getMessage(), e);
    } catch (DependencyResolutionRequiredException e) {
      throw new MojoExecutionException("Maven has not resolved the class path", e);
    }
  }

  private CompileRequest request() throws DependencyResolutionRequiredException {
    Path records = Path.of(project.getBuild().getDirectory(), "sardonyx");
    return CompileRequest.of(
            Path.of(project.getBuild().getOutputDirectory()),
            paths(project.getCompileClasspathElements()),
            outputDirectory.toPath(),
            records.resolve(execution.getExecutionId()),
            project.getBasedir().toPath())
        .withSourceRoots(paths(project.getCompileSourceRoots()))
        .withJvm(jvmArguments, Duration.ofSeconds(timeout));
  }

  private static List<Path> paths(List<String> paths) {
    return paths.stream().map(Path::of).toList();
  }

  private void report(CompileResult result) throws MojoFailureException {
    List<Problem> problems = result.problems();
    if (!problems.isEmpty()) {
      String all = problems.stream().map(Problem::toString).collect(Collectors.joining("\n\n"));
      throw new MojoFailureException("Model definitions are not compiled\n" + all);
    }
    for (CompiledModel model : result.models()) {
      getLog().info((model.changed() ? "compiled " : "up to date: ") + model);
    }
  }
}
