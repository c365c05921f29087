package dev.sardonyx.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** A module of a user, with sources that are compiled as Maven would compile them. */
final class UserModule {
  /** What this module's own tests run with: layers and all that they need. */
  static final List<Path> CLASS_PATH =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(Path::of)
          .toList();

  private final Path directory;
  private final List<String> printed = Collections.synchronizedList(new ArrayList<>());

  UserModule(Path directory) {
    this.directory = directory;
  }

  Path sources() {
    return directory.resolve("src/main/java");
  }

  Path classes() {
    return directory.resolve("target/classes");
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** What the definitions printed in the last {@link #compileModels}. */
  List<String> printed() {
    return printed;
  }

  /** Writes a source file and compiles all of them anew. */
  UserModule source(String name, String text) throws IOException {
    Path file = sources().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return compile();
  }

  /** A class in the package flowers, with the usual imports. Its first line is line 10. */
  UserModule flowers(String className, String body) throws IOException {
    String head =
        """
        package flowers;

        import static dev.sardonyx.nn.layers.Conv2D.*;
        import static dev.sardonyx.nn.layers.Dense.*;
        import static dev.sardonyx.nn.layers.Input.*;

        import dev.sardonyx.ir.type.Tensor;
        import dev.sardonyx.nn.*;

        """;
    return source("flowers/" + className + ".java", head + body);
  }

  private UserModule compile() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(sources())) {
      sources = files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
    }
    Files.createDirectories(classes());
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files =
        javac.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, CLASS_PATH);
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes()));
      List<String> options = List.of("-g", "-proc:none");
      boolean compiled =
          javac
              .getTask(
                  messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertTrue(compiled, messages.toString());
    }
    return this;
  }

  CompileRequest request() {
    return CompileRequest.of(
            classes(), CLASS_PATH, classes(), directory.resolve("target/sardonyx"), directory)
        .withSourceRoots(List.of(sources()));
  }

  CompileResult compileModels() {
    return compileModels(request());
  }

  CompileResult compileModels(CompileRequest request) {
    printed.clear();
    return ModelCompiler.compile(request, printed::add);
  }

  /** Compiles models of which none may have a problem. */
  CompileResult compiled() {
    CompileResult result = compileModels();
    assertEquals(List.of(), result.problems().stream().map(Problem::toString).toList());
    return result;
  }

  /** The one problem of compiling. */
  Problem problem() {
    return problem(request());
  }

  Problem problem(CompileRequest request) {
    List<Problem> problems = compileModels(request).problems();
    assertEquals(1, problems.size(), problems.toString());
    return problems.get(0);
  }

  /** The files below the classes directory that end in {@code .onnx}, with slashes. */
  List<String> models() throws IOException {
    try (Stream<Path> files = Files.walk(classes())) {
      return files
          .filter(f -> f.toString().endsWith(".onnx"))
          .map(f -> classes().relativize(f).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }
}
