package dev.sardonyx.build;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds one annotation among those of a method; the Java specification, §4.7.16. */
final class AnnotationReader {
  private static final int DEEPEST = 100;

  private final DataInputStream in;
  private final ConstantPool pool;

  AnnotationReader(DataInputStream in, ConstantPool pool) {
    this.in = in;
    this.pool = pool;
  }

  /** The texts that {@code descriptor} was given, by element; null if it is not there. */
  @Nullable Map<String, String> find(String descriptor) throws IOException {
    Map<String, String> found = null;
    int count = in.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      boolean wanted = pool.text(in.readUnsignedShort()).equals(descriptor);
      Map<String, String> elements = elements(0);
      if (wanted) {
        found = elements;
      }
    }
    return found;
  }

  private Map<String, String> elements(int depth) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    int count = in.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      String name = pool.text(in.readUnsignedShort());
      String text = value(depth);
      if (text != null) {
        texts.put(name, text);
      }
    }
    return texts;
  }

  private @Nullable String value(int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("annotations lie within each other");
    }
    int tag = in.readUnsignedByte();
    switch (tag) {
      case 's' -> {
        return pool.text(in.readUnsignedShort());
      }
      case 'B', 'C', 'D', 'F', 'I', 'J', 'S', 'Z', 'c' -> in.skipNBytes(2);
      case 'e' -> in.skipNBytes(4);
      case '@' -> {
        in.skipNBytes(2);
        elements(depth + 1);
      }
      case '[' -> {
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
          value(depth + 1);
        }
      }
      default -> throw new IOException("an annotation's value has the unknown tag " + tag);
    }
    return null;
  }
}
