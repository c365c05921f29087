package dev.sardonyx.build;

import dev.sardonyx.build.Report.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the last successful run made, and of what.
 *
 * @param fingerprint of all that the models depend on
 * @param models by name
 */
record Index(String fingerprint, Map<String, Entry> models) {
  /** Before the first run. */
  static final Index EMPTY = new Index("", Map.of());

  private static final Message FIRST = Message.of("sardonyx-index", "1");
  private static final Message LAST = Message.of("end");

  /**
   * One model.
   *
   * @param hash of its file
   */
  record Entry(String hash, Ports ports) {}

  /** The index in {@code file}; empty if there is none or it is damaged: then all is done anew. */
  static Index read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return EMPTY;
    }
    List<Message> messages = Message.read(file);
    int count = messages.size();
    if (count < 3 || !messages.get(0).equals(FIRST) || !messages.get(count - 1).equals(LAST)) {
      return EMPTY;
    }
    Map<String, Entry> models = new LinkedHashMap<>();
    Ports ports = new Ports();
    for (Message m : messages.subList(2, count - 1)) {
      if (m.verb().equals("model")) {
        ports = new Ports();
        models.put(m.field(0), new Entry(m.field(1), ports));
      } else {
        ports.add(m);
      }
    }
    return new Index(messages.get(1).field(0), models);
  }

  void write(Path file) throws IOException {
    List<Message> messages = new ArrayList<>(List.of(FIRST));
    messages.add(Message.of("fingerprint", fingerprint));
    models.forEach(
        (name, entry) -> {
          messages.add(Message.of("model", name, entry.hash()));
          messages.addAll(entry.ports().messages());
        });
    messages.add(LAST);
    Files.createDirectories(file.getParent());
    Files.write(file, Message.bytes(messages));
  }
}
