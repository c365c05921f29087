package dev.sardonyx.ir.type;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Notes in a model's metadata: the types that its inputs and outputs have for whoever runs it,
 * where the file itself has others because the runtime does not take those.
 *
 * <p>A tensor of elements of at most eight bits is a tensor of its {@link Codes}. Containers are
 * several tensors, whose names begin with the container's:
 *
 * <table>
 *   <caption>parts</caption>
 *   <tr><td>sequence</td><td>{@code x.data}: the elements of all its tensors, one after the other;
 *       {@code x.dims}: the extents of all of them, int64; {@code x.ranks}: how many of these each
 *       has, int64</td></tr>
 *   <tr><td>optional</td><td>{@code x.present}, a boolean scalar, and {@code x.value}: what is in
 *       it, or anything of its type</td></tr>
 * </table>
 */
public final class Carriage {
  /** What the keys of notes on inputs begin with; the input's name follows. */
  public static final String INPUT = "sardonyx.input.";

  /** What the keys of notes on outputs begin with; the output's name follows. */
  public static final String OUTPUT = "sardonyx.output.";

  private Carriage() {}

  /** What a part's name ends with. */
  public static final String DATA = ".data";

  public static final String DIMS = ".dims";
  public static final String RANKS = ".ranks";
  public static final String PRESENT = ".present";
  public static final String VALUE = ".value";

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

  /** Whether data of this type can be given to a run, if need be in parts. */
  public static boolean hasParts(Type type) {
    if (type instanceof Type.Optional optional) {
      return hasParts(optional.element());
    }
    return type instanceof TensorType
        || type instanceof Type.Sequence sequence && sequence.element() instanceof TensorType;
  }

  /**
   * The tensors that data of a type is given as, by name; an {@link IllegalArgumentException} for a
   * type that has no parts.
   */
  public static Map<String, TensorType> parts(String name, Type type) {
    Map<String, TensorType> parts = new LinkedHashMap<>();
    if (type instanceof TensorType tensor) {
      parts.put(name, tensor);
    } else if (type instanceof Type.Optional optional) {
      parts.put(name + PRESENT, TensorType.scalar(ElementType.BOOL));
      parts.putAll(parts(name + VALUE, optional.element()));
    } else if (type instanceof Type.Sequence sequence
        && sequence.element() instanceof TensorType element) {
      parts.put(name + DATA, TensorType.of(element.element(), Dim.UNKNOWN));
      parts.put(name + DIMS, TensorType.of(ElementType.INT64, Dim.UNKNOWN));
      parts.put(name + RANKS, TensorType.of(ElementType.INT64, Dim.UNKNOWN));
    } else {
      throw new IllegalArgumentException("a " + type + " has no parts");
    }
    return parts;
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
