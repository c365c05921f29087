package dev.sardonyx.ir;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the table about one operator, parsed when it is first asked for: a program that uses
 * ten operators does not pay for six hundred versions.
 */
final class StandardText {
  private static final List<String> FILES = List.of("standard.txt", "contrib.txt");
  private static final String START = "\nop ";

  /** Each version's lines, the oldest version first. */
  private final List<String> texts = new ArrayList<>();

  private volatile @Nullable List<Standard.Schema> versions;

  private StandardText() {}

  /**
   * The operators of all files, in their order, by domain (the standard's own is empty) and name.
   */
  static Map<String, Map<String, StandardText>> index() {
    Map<String, Map<String, StandardText>> index = new LinkedHashMap<>();
    for (String file : FILES) {
      String all = read(file);
      int start = all.indexOf(START);
      while (start >= 0) {
        int end = all.indexOf(START, start + 1);
        String text = all.substring(start + START.length(), end < 0 ? all.length() : end);
        String[] head = text.split(" ", 3);
        index
            .computeIfAbsent(domain(head[0]), d -> new LinkedHashMap<>())
            .computeIfAbsent(head[1], t -> new StandardText())
            .texts
            .add(text);
        start = end;
      }
    }
    return index;
  }

  private static String domain(String written) {
    return written.equals("ai.onnx") ? "" : written;
  }

  private static String read(String file) {
    try (InputStream in = Standard.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing beside " + Standard.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Standard.Schema> versions() {
    List<Standard.Schema> result = versions;
    if (result == null) {
      result = texts.stream().map(StandardText::parse).toList();
      versions = result;
    }
    return result;
  }

  private static Standard.Schema parse(String text) {
    String[] lines = text.split("\n");
    List<Standard.Parameter> inputs = new ArrayList<>();
    List<Standard.Parameter> outputs = new ArrayList<>();
    List<Standard.Attribute> attributes = new ArrayList<>();
    Map<String, Set<String>> constraints = new LinkedHashMap<>();
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "in" -> inputs.add(parameter(words));
        case "out" -> outputs.add(parameter(words));
        case "attr" -> attributes.add(attribute(words));
        case "type" -> constraints.put(words[1], types(words));
        default -> throw new IllegalStateException("a line of the table starts with " + words[0]);
      }
    }
    String[] head = lines[0].split(" ");
    return new Standard.Schema(
        domain(head[0]),
        head[1],
        Integer.parseInt(head[2]),
        head.length > 3,
        List.copyOf(inputs),
        List.copyOf(outputs),
        List.copyOf(attributes),
        constraints);
  }

  private static Set<String> types(String[] words) {
    return new LinkedHashSet<>(Arrays.asList(words).subList(2, words.length));
  }

  private static Standard.Parameter parameter(String[] words) {
    List<String> options = Arrays.asList(words).subList(3, words.length);
    boolean variadic = options.contains("variadic");
    return new Standard.Parameter(
        words[1],
        words[2],
        options.contains("optional"),
        variadic,
        variadic ? Integer.parseInt(options.get(1)) : options.isEmpty() ? 1 : 0,
        options.contains("heterogeneous"));
  }

  private static Standard.Attribute attribute(String[] words) {
    Standard.Kind kind = Standard.Kind.valueOf(words[2]);
    boolean required = words.length == 4;
    return new Standard.Attribute(
        words[1], kind, required, words.length == 5 ? value(kind, words[4]) : null);
  }

  private static Object value(Standard.Kind kind, String text) {
    return switch (kind) {
      case FLOAT -> Float.valueOf(text);
      case INT -> Long.valueOf(text);
      case FLOATS -> list(text, Float::valueOf);
      case INTS -> list(text, Long::valueOf);
      case STRINGS -> list(text, s -> s);
      default -> text;
    };
  }

  private static List<Object> list(String text, Function<String, Object> element) {
    return Arrays.stream(text.split(",")).map(element).toList();
  }
}
