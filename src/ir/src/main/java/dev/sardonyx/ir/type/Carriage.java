package dev.sardonyx.ir.type;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Notes in a model's metadata: the types that its inputs and outputs have for whoever runs it,
 * where the file itself has others because the runtime does not take those.
 *
 * <p>A tensor of elements of at most eight bits is a tensor of its {@link Codes}.
 */
public final class Carriage {
  /** What the keys of notes on inputs begin with; the input's name follows. */
  public static final String INPUT = "sardonyx.input.";

  /** What the keys of notes on outputs begin with; the output's name follows. */
  public static final String OUTPUT = "sardonyx.output.";

  private Carriage() {}

  /** Whether a key of a model's metadata is such a note. */
  public static boolean isNote(String key) {
    return key.startsWith(INPUT) || key.startsWith(OUTPUT);
  }

  /**
   * The types noted under {@link #INPUT} or {@link #OUTPUT}, by name; an {@link
   * IllegalArgumentException} for a note that is no type.
   */
  public static Map<String, Type> read(Map<String, String> metadata, String prefix) {
    Map<String, Type> types = new LinkedHashMap<>();
    metadata.forEach(
        (key, text) -> {
          if (key.startsWith(prefix)) {
            types.put(key.substring(prefix.length()), type(text));
          }
        });
    return types;
  }

  /** The type that a note says. */
  private static Type type(String text) {
    int open = text.indexOf('(');
    if (open > 0 && text.endsWith(")") && !text.contains("[") | open < text.indexOf('[')) {
      Type inside = type(text.substring(open + 1, text.length() - 1));
      return switch (text.substring(0, open)) {
        case "seq" -> new Type.Sequence(inside);
        case "optional" -> new Type.Optional(inside);
        default -> throw new IllegalArgumentException("\"" + text + "\" is no type that is noted");
      };
    }
    return TensorType.parse(text);
  }
}
