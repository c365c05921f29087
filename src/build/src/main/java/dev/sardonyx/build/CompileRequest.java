package dev.sardonyx.build;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What to compile. All paths are made absolute.
 *
 * @param classesDirectory the module's compiled classes, in which definitions are looked for
 * @param classPath what the definitions run with; the classes directory is added in front
 * @param outputDirectory where {@code <name>.onnx} goes; usually the classes directory
 * @param workDirectory the build's own records, for this request alone
 * @param baseDirectory the module: the definitions' working directory
 * @param sourceRoots where the sources lie, so that a problem can name the file
 * @param javaHome the JDK or JRE that runs the definitions
 * @param jvmArguments more options of that JVM, such as {@code -Xmx2g}
 * @param timeLimit how long all definitions together may take
 */
public record CompileRequest(
    Path classesDirectory,
    List<Path> classPath,
    Path outputDirectory,
    Path workDirectory,
    Path baseDirectory,
    List<Path> sourceRoots,
    Path javaHome,
    List<String> jvmArguments,
    Duration timeLimit) {

  /** Ten minutes. */
  public static final Duration DEFAULT_TIME_LIMIT = Duration.ofMinutes(10);

  public CompileRequest {
    classesDirectory = absolute(classesDirectory);
    outputDirectory = absolute(outputDirectory);
    workDirectory = absolute(workDirectory);
    baseDirectory = absolute(baseDirectory);
    sourceRoots = sourceRoots.stream().map(CompileRequest::absolute).toList();
    javaHome = absolute(javaHome);
    jvmArguments = List.copyOf(jvmArguments);
    Set<Path> distinct = new LinkedHashSet<>(List.of(classesDirectory));
    classPath.forEach(entry -> distinct.add(absolute(entry)));
    classPath = List.copyOf(distinct);
  }

  /** Runs the definitions by this JVM's Java, with no more options, in at most ten minutes. */
  public static CompileRequest of(
      Path classesDirectory,
      List<Path> classPath,
      Path outputDirectory,
      Path workDirectory,
      Path baseDirectory) {
    return new CompileRequest(
        classesDirectory,
        classPath,
        outputDirectory,
        workDirectory,
        baseDirectory,
        List.of(),
        Path.of(System.getProperty("java.home")),
        List.of(),
        DEFAULT_TIME_LIMIT);
  }

  public CompileRequest withSourceRoots(List<Path> roots) {
    return new CompileRequest(
        classesDirectory,
        classPath,
        outputDirectory,
        workDirectory,
        baseDirectory,
        roots,
        javaHome,
        jvmArguments,
        timeLimit);
  }

  /** The same request for a JVM with these options, which may take so long. */
  public CompileRequest withJvm(List<String> arguments, Duration limit) {
    return new CompileRequest(
        classesDirectory,
        classPath,
        outputDirectory,
        workDirectory,
        baseDirectory,
        sourceRoots,
        javaHome,
        arguments,
        limit);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
