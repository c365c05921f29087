package dev.sardonyx.build;

import java.io.DataInputStream;
import java.io.IOException;

/** The texts and class names in a class file's constant pool; the Java specification, §4.4. */
final class ConstantPool {
  private final String[] texts;
  private final int[] classes;

  private ConstantPool(String[] texts, int[] classes) {
    this.texts = texts;
    this.classes = classes;
  }

  static ConstantPool read(DataInputStream in) throws IOException {
    int count = in.readUnsignedShort();
    String[] texts = new String[count];
    int[] classes = new int[count];
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 7 -> classes[i] = in.readUnsignedShort();
        case 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // Longs and doubles take two places.
        }
        default -> throw new IOException("constant " + i + " has the unknown tag " + tag);
      }
    }
    return new ConstantPool(texts, classes);
  }

  String text(int index) throws IOException {
    String text = index < texts.length ? texts[index] : null;
    if (text == null) {
      throw new IOException("constant " + index + " is no text");
    }
    return text;
  }

  /** A class's name with dots. */
  String className(int index) throws IOException {
    return text(index < classes.length ? classes[index] : 0).replace('/', '.');
  }
}
