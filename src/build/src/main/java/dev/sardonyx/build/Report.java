package dev.sardonyx.build;

import dev.sardonyx.build.CompiledModel.Port;
import dev.sardonyx.ir.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says of its order, whether it came to the end or not.
 *
 * @param made the ports of the models that are written, by name
 * @param failures of the definitions that failed
 * @param unfinished the definition that ran when the worker ended, or null
 */
record Report(Map<String, Ports> made, List<Failure> failures, @Nullable String unfinished) {

  /** What a model takes and gives. */
  record Ports(List<Port> inputs, List<Port> outputs) {
    Ports() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    /** Whether {@code m} was a port. */
    boolean add(Message m) {
      switch (m.verb()) {
        case "input" -> inputs.add(port(m));
        case "output" -> outputs.add(port(m));
        default -> {
          return false;
        }
      }
      return true;
    }

    private static Port port(Message m) {
      return new Port(m.field(0), TensorType.parse(m.field(1)));
    }

    List<Message> messages() {
      List<Message> messages = new ArrayList<>();
      inputs.forEach(p -> messages.add(Message.of("input", p.name(), p.type().toString())));
      outputs.forEach(p -> messages.add(Message.of("output", p.name(), p.type().toString())));
      return messages;
    }
  }

  static Report read(Path file) throws IOException {
    return of(Files.exists(file) ? Message.read(file) : List.of());
  }

  static Report of(List<Message> messages) {
    Map<String, Ports> made = new LinkedHashMap<>();
    List<Failure> failures = new ArrayList<>();
    String running = null;
    Ports ports = new Ports();
    boolean refused = false;
    for (Message m : messages) {
      switch (m.verb()) {
        case "begin" -> {
          running = m.field(0);
          ports = new Ports();
          refused = false;
        }
        case "refused" -> {
          failures.add(Failure.of(m));
          refused = true;
        }
        case "end" -> {
          if (running != null && !refused) {
            made.put(running, ports);
          }
          running = null;
        }
        default -> ports.add(m);
      }
    }
    return new Report(made, failures, running);
  }

  Report with(Failure failure) {
    List<Failure> all = new ArrayList<>(failures);
    all.add(failure);
    return new Report(made, all, unfinished);
  }
}
