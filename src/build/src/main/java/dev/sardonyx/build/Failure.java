package dev.sardonyx.build;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is wrong with a definition, before its source file is looked for. It travels from the worker
 * to the build.
 *
 * @param inClass a class in the file that the diagnostic points into, or empty if none is known
 * @param trace the stack trace of what is not a diagnostic
 */
record Failure(Diagnostic diagnostic, String inClass, String trace) {
  private static final int LONGEST_TRACE = 60;

  /** Causes can go round in a circle. */
  private static final int DEEPEST_CAUSE = 20;

  static Failure of(Diagnostic diagnostic, Definition definition) {
    return new Failure(diagnostic, definition.className(), "");
  }

  /**
   * What became of a definition that threw.
   *
   * @param ownClasses the directory of the module's classes: of these is the line to report
   */
  static Failure of(Throwable thrown, Definition definition, Path ownClasses) {
    Throwable cause = thrown;
    while ((cause instanceof InvocationTargetException
            || cause instanceof ExceptionInInitializerError)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof DiagnosticException refused) {
      Diagnostic diagnostic = refused.diagnostic();
      if (diagnostic.at().equals(Location.UNKNOWN)) {
        diagnostic = moved(diagnostic, definition.at());
      }
      return new Failure(diagnostic, classIn(diagnostic.at(), refused, definition), "");
    }
    StackTraceElement line =
        Arrays.stream(cause.getStackTrace())
            .filter(frame -> isIn(ownClasses, frame.getClassName()))
            .findFirst()
            .orElse(null);
    Location at = line == null ? definition.at() : location(line);
    String inClass = line == null ? definition.className() : line.getClassName();
    return new Failure(Refusal.thrown(definition, at, cause), inClass, trace(cause));
  }

  private static Diagnostic moved(Diagnostic diagnostic, Location at) {
    return new Diagnostic(
        diagnostic.code(), diagnostic.message(), at, diagnostic.received(), diagnostic.help());
  }

  private static Location location(StackTraceElement frame) {
    return new Location(
        Objects.requireNonNullElse(frame.getFileName(), frame.getClassName()),
        Math.max(0, frame.getLineNumber()),
        "");
  }

  private static boolean isIn(Path classes, String className) {
    return Files.exists(classes.resolve(className.replace('.', '/') + ".class"));
  }

  /** A location has a file's name only; the stack knows the package. */
  private static String classIn(Location at, Throwable thrown, Definition definition) {
    return Stream.concat(
            Arrays.stream(thrown.getStackTrace())
                .filter(frame -> at.file().equals(frame.getFileName()))
                .map(StackTraceElement::getClassName),
            Stream.of(definition)
                .filter(d -> d.at().file().equals(at.file()))
                .map(Definition::className))
        .findFirst()
        .orElse("");
  }

  /** The trace without the frames below the definition, which are ours and the JDK's. */
  private static String trace(Throwable thrown) {
    Throwable t = thrown;
    for (int depth = 0; t != null && depth < DEEPEST_CAUSE; depth++, t = t.getCause()) {
      StackTraceElement[] frames = t.getStackTrace();
      int end = frames.length;
      while (end > 0 && isBelow(frames[end - 1].getClassName())) {
        end--;
      }
      t.setStackTrace(Arrays.copyOf(frames, end));
    }
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString().lines().limit(LONGEST_TRACE).collect(Collectors.joining("\n"));
  }

  private static boolean isBelow(String className) {
    return className.startsWith("dev.sardonyx.build.")
        || className.startsWith("java.")
        || className.startsWith("jdk.");
  }

  Message message() {
    Location at = diagnostic.at();
    return Message.of(
        "refused",
        diagnostic.code(),
        diagnostic.message(),
        at.file(),
        Integer.toString(at.line()),
        at.detail(),
        diagnostic.received(),
        diagnostic.help(),
        inClass,
        trace);
  }

  static Failure of(Message m) {
    Location at = new Location(m.field(2), Integer.parseInt(m.field(3)), m.field(4));
    Diagnostic diagnostic = new Diagnostic(m.field(0), m.field(1), at, m.field(5), m.field(6));
    return new Failure(diagnostic, m.field(7), m.field(8));
  }
}
