package dev.sardonyx.build;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** All that this module refuses, by code. */
final class Refusal {
  private Refusal() {}

  static Diagnostic classFile(Path file, IOException cause) {
    return new Diagnostic(
        "BUILD-001",
        "a class file cannot be read: " + text(cause),
        Location.in(file.toString(), ""),
        "file: " + file,
        "build the module anew from nothing");
  }

  static Diagnostic method(Location at, String method, List<String> reasons) {
    return new Diagnostic(
        "BUILD-002",
        "the method cannot define a model: " + String.join(", ", reasons),
        at,
        "method: " + method,
        "a definition is static, not private, has no parameters and returns dev.sardonyx.nn.Model");
  }

  static Diagnostic name(Location at, String method, String name, String reason) {
    return new Diagnostic(
        "BUILD-003",
        "\"%s\" cannot be a model's name: %s".formatted(name, reason),
        at,
        "method: " + method,
        "a name is letters, digits, '_', '-', '.' and '$' in parts with '/' between them, such as"
            + " \"models/iris\"");
  }

  static Diagnostic twice(Definition first, Definition second) {
    return new Diagnostic(
        "BUILD-004",
        first.resource().equals(second.resource())
            ? "two definitions are called \"" + first.resource() + "\""
            : "\"%s\" and \"%s\" are one file where case does not count"
                .formatted(first.resource(), second.resource()),
        second.at(),
        "method: " + second + "   also: " + first + " at " + first.at(),
        "give each model a name of its own: @OnnxModel(\"name\")");
  }

  static Diagnostic weightsName(Location at, String method, String weights, String reason) {
    return new Diagnostic(
        "BUILD-005",
        "\"%s\" cannot be a file of weights: %s".formatted(weights, reason),
        at,
        "method: " + method,
        "name a file below the module's directory, such as \"src/main/weights/iris.safetensors\"");
  }

  static Diagnostic noLayers(Definition definition, List<Path> classPath) {
    return new Diagnostic(
        "BUILD-006",
        "the class path has no dev.sardonyx.nn.Model to run the definition with",
        definition.at(),
        "class path: " + classPath.stream().map(p -> p.getFileName().toString()).toList(),
        "let the module depend on dev.sardonyx:sardonyx-nn; for compiling alone will do");
  }

  static Diagnostic thrown(Definition definition, Location at, Throwable thrown) {
    String message = thrown.getMessage() == null ? "" : ": " + oneLine(thrown.getMessage());
    return new Diagnostic(
        "BUILD-010",
        "the definition threw " + thrown.getClass().getName() + message,
        at,
        "method: " + definition,
        thrown instanceof LinkageError
            ? "the class path lacks something or mixes versions: import sardonyx-bom"
            : "the line is in the trace below, which ends in the definition");
  }

  static Diagnostic returnedNull(Definition definition) {
    return new Diagnostic(
        "BUILD-011",
        "the definition returned null",
        definition.at(),
        "method: " + definition,
        "return the model");
  }

  static Diagnostic noWeights(Definition definition, Path file) {
    return new Diagnostic(
        "BUILD-012",
        "there are no weights \"" + definition.weights() + "\"",
        definition.at(),
        "no file: " + file + "   nor a resource of that name on the class path",
        "save them there by model.saveWeights(file)");
  }

  static Diagnostic tooLong(Definition definition, Duration limit) {
    return new Diagnostic(
        "BUILD-013",
        "compiling took longer than %s s and was stopped".formatted(limit.toSeconds()),
        definition.at(),
        "running: " + definition,
        "make the definition faster, or raise the time limit");
  }

  static Diagnostic ended(Definition definition, int exit) {
    return new Diagnostic(
        "BUILD-014",
        "the JVM that compiles ended with exit code " + exit,
        definition.at(),
        "running: " + definition,
        "a definition must not exit; what the JVM said of itself is in the build's output");
  }

  static Diagnostic noJava(Path java, IOException cause) {
    return new Diagnostic(
        "BUILD-015",
        "cannot start the JVM that compiles: " + text(cause),
        Location.in(java.toString(), ""),
        "program: " + java,
        "check that this is a Java runtime, 17 or newer");
  }

  static Diagnostic notOurs(Definition definition, Path file) {
    return new Diagnostic(
        "BUILD-016",
        "another file lies where the model is to go",
        definition.at(),
        "file: " + file + "   model: \"" + definition.resource() + "\"",
        "delete the file if an earlier build wrote it; otherwise rename the model or the resource");
  }

  static Diagnostic files(IOException cause) {
    return new Diagnostic(
        "BUILD-017",
        "the build cannot read or write its files",
        Location.UNKNOWN,
        text(cause),
        "check that the build's directory may be written and has room");
  }

  static Diagnostic interrupted(Definition definition) {
    return new Diagnostic(
        "BUILD-018",
        "compiling was interrupted",
        definition.at(),
        "to compile: " + definition,
        "build again");
  }

  /** What {@code thrown} says of itself, in one line. */
  static String text(Throwable thrown) {
    return oneLine(thrown.toString());
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
