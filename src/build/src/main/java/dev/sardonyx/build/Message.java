package dev.sardonyx.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One line of the files through which a build and its worker talk: a verb and fields, separated by
 * tabs, in UTF-8. Within a field, {@code \t}, {@code \n}, {@code \r} and {@code \\} stand for what
 * they stand for in Java.
 */
record Message(String verb, List<String> fields) {
  static Message of(String verb, String... fields) {
    return new Message(verb, List.of(fields));
  }

  /** Field {@code index}, or empty if there are not so many. */
  String field(int index) {
    return index < fields.size() ? fields.get(index) : "";
  }

  /** The line without its end. */
  String line() {
    return verb + fields.stream().map(f -> "\t" + escape(f)).collect(Collectors.joining());
  }

  static Message parse(String line) {
    String[] parts = line.split("\t", -1);
    List<String> fields = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      fields.add(unescape(parts[i]));
    }
    return new Message(parts[0], List.copyOf(fields));
  }

  static byte[] bytes(List<Message> messages) {
    return messages.stream()
        .map(m -> m.line() + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The messages of a file. A last line without an end is a writer's that was killed: ignored. */
  static List<Message> read(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Message::parse).toList();
  }

  private static String escape(String field) {
    return field
        .replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  private static String unescape(String field) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\' && i + 1 < field.length()) {
        c = field.charAt(++i);
        c = c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
      }
      text.append(c);
    }
    return text.toString();
  }
}
