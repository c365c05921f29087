package dev.sardonyx.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The main class of the JVM that runs definitions. It reports on each: {@code begin}, then {@code
 * input}s and {@code output}s or one {@code refused}, then {@code end}.
 */
final class Worker {
  private Worker() {}

  /**
   * @param arguments the file of a {@link WorkOrder}
   */
  public static void main(String[] arguments) throws IOException {
    WorkOrder order = WorkOrder.read(Path.of(arguments[0]));
    for (Definition definition : order.definitions()) {
      append(order.report(), List.of(Message.of("begin", definition.resource())));
      append(order.report(), outcome(definition, order));
      append(order.report(), List.of(Message.of("end")));
    }
    // Threads that a definition left behind must not keep the build waiting.
    System.exit(0);
  }

  /** Whatever a definition throws, errors too, is its outcome; the others still get their turn. */
  private static List<Message> outcome(Definition definition, WorkOrder order) {
    try {
      return DefinitionRun.run(definition, order);
    } catch (Throwable thrown) {
      return List.of(Failure.of(thrown, definition, order.classesDirectory()).message());
    }
  }

  private static void append(Path report, List<Message> messages) throws IOException {
    Files.write(
        report, Message.bytes(messages), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
