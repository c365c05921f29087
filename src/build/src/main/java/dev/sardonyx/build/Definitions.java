package dev.sardonyx.build;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import java.io.IOException;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The definitions in a directory of classes.
 *
 * @param valid by the names of their models
 * @param failures what is wrong with the others
 */
record Definitions(List<Definition> valid, List<Failure> failures) {
  private static final ClassDesc MODEL = ClassDesc.of("dev.sardonyx.nn.Model");
  private static final String ANNOTATION =
      ClassDesc.of("dev.sardonyx.nn.OnnxModel").descriptorString();

  /** Reads all class files below {@code classes}, if there is such a directory. */
  static Definitions find(Path classes) throws IOException {
    Definitions found = new Definitions(new ArrayList<>(), new ArrayList<>());
    if (Files.isDirectory(classes)) {
      for (Path file : classFiles(classes)) {
        found.add(file, Files.readAllBytes(file));
      }
    }
    found.refuseTwins();
    found.valid.sort(Comparator.comparing(Definition::resource));
    return found;
  }

  private static List<Path> classFiles(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .filter(f -> f.getFileName().toString().endsWith(".class"))
          // Copies of classes for newer JDKs, of which the first are what counts.
          .filter(f -> !classes.relativize(f).startsWith("META-INF"))
          .filter(Files::isRegularFile)
          .sorted(Comparator.comparing(f -> f.toString().replace('\\', '/')))
          .toList();
    }
  }

  private void add(Path file, byte[] bytes) {
    // Nearly all classes end here: the annotation's name is plain ASCII in a class file.
    if (!new String(bytes, StandardCharsets.ISO_8859_1).contains(ANNOTATION)) {
      return;
    }
    try {
      ClassFile parsed = ClassFile.parse(bytes, ANNOTATION);
      parsed.methods().forEach(m -> add(parsed, m));
    } catch (IOException e) {
      failures.add(new Failure(Refusal.classFile(file, e), "", ""));
    }
  }

  private void add(ClassFile in, ClassFile.Method method) {
    Location at = new Location(in.source(), method.line(), "");
    String shown = shown(in, method);
    List<String> reasons = reasons(method, method.type());
    String given = method.annotation().getOrDefault("value", "");
    String resource = given.isEmpty() ? defaultName(in, method) : given;
    String weights = method.annotation().getOrDefault("weights", "");
    String badName = ResourceName.refuseModel(resource);
    String badWeights = weights.isEmpty() ? null : ResourceName.refusePath(weights);
    if (!reasons.isEmpty()) {
      refuse(in, Refusal.method(at, shown, reasons));
    } else if (badName != null) {
      refuse(in, Refusal.name(at, shown, resource, badName));
    } else if (badWeights != null) {
      refuse(in, Refusal.weightsName(at, shown, weights, badWeights));
    } else {
      valid.add(new Definition(in.name(), method.name(), resource, weights, at));
    }
  }

  private void refuse(ClassFile in, Diagnostic diagnostic) {
    failures.add(new Failure(diagnostic, in.name(), ""));
  }

  private static List<String> reasons(ClassFile.Method method, MethodTypeDesc type) {
    List<String> reasons = new ArrayList<>();
    if (!Modifier.isStatic(method.flags())) {
      reasons.add("it is not static");
    }
    if (Modifier.isPrivate(method.flags())) {
      reasons.add("it is private");
    }
    if (type.parameterCount() > 0) {
      reasons.add("it has parameters");
    }
    if (!type.returnType().equals(MODEL)) {
      reasons.add("it returns " + type.returnType().displayName());
    }
    return reasons;
  }

  private static String defaultName(ClassFile in, ClassFile.Method method) {
    int dot = in.name().lastIndexOf('.');
    return in.name().substring(0, dot + 1).replace('.', '/') + method.name();
  }

  private static String shown(ClassFile in, ClassFile.Method method) {
    MethodTypeDesc type = method.type();
    return "%s %s.%s(%s)"
        .formatted(
            type.returnType().displayName(),
            in.name(),
            method.name(),
            type.parameterList().stream()
                .map(ClassDesc::displayName)
                .collect(Collectors.joining(", ")));
  }

  private void refuseTwins() {
    Map<String, Definition> byFile = new TreeMap<>();
    for (Definition definition : valid) {
      Definition first =
          byFile.putIfAbsent(definition.resource().toLowerCase(Locale.ROOT), definition);
      if (first != null) {
        failures.add(Failure.of(Refusal.twice(first, definition), definition));
      }
    }
  }
}
