package dev.sardonyx.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a worker is to do.
 *
 * @param classesDirectory the classes of the module itself, to tell its code from libraries'
 * @param baseDirectory where files of weights are looked for
 * @param staging where the models go
 * @param report what the worker writes as it goes along
 */
record WorkOrder(
    Path classesDirectory,
    Path baseDirectory,
    Path staging,
    Path report,
    List<Definition> definitions) {

  void write(Path file) throws IOException {
    List<Message> messages = new ArrayList<>();
    messages.add(
        Message.of(
            "order",
            classesDirectory.toString(),
            baseDirectory.toString(),
            staging.toString(),
            report.toString()));
    definitions.forEach(d -> messages.add(d.message()));
    Files.write(file, Message.bytes(messages));
  }

  static WorkOrder read(Path file) throws IOException {
    List<Message> messages = Message.read(file);
    Message order = messages.get(0);
    return new WorkOrder(
        Path.of(order.field(0)),
        Path.of(order.field(1)),
        Path.of(order.field(2)),
        Path.of(order.field(3)),
        messages.stream().skip(1).map(Definition::of).toList());
  }
}
