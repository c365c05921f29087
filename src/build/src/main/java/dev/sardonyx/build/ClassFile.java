package dev.sardonyx.build;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a class file says about annotated methods, read without loading the class: so no user code
 * runs, and it is the same for class files newer than this JVM. The Java specification, §4.
 *
 * @param name the class's name with dots
 * @param source the source file's name, or the class's name if it is not recorded
 * @param methods the methods that carry the annotation
 */
record ClassFile(String name, String source, List<Method> methods) {
  private static final int MAGIC = 0xCAFEBABE;

  /**
   * A method that carries the annotation.
   *
   * @param flags as {@link java.lang.reflect.Modifier} has them
   * @param type its parameters and its result
   * @param line of its first statement, or 0
   * @param annotation the texts that the annotation was given, by element
   */
  record Method(
      int flags, String name, MethodTypeDesc type, int line, Map<String, String> annotation) {}

  /** The methods in {@code bytes} that carry the annotation with this descriptor. */
  static ClassFile parse(byte[] bytes, String annotation) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (in.readInt() != MAGIC) {
      throw new IOException("it does not begin like a class file");
    }
    in.skipNBytes(4); // The version: what is read here is the same in all of them.
    ConstantPool pool = ConstantPool.read(in);
    in.skipNBytes(2);
    String name = pool.className(in.readUnsignedShort());
    in.skipNBytes(2);
    in.skipNBytes(2L * in.readUnsignedShort());
    skipFields(in);
    List<Method> methods = new ArrayList<>();
    int count = in.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      Method method = method(in, pool, annotation);
      if (method != null) {
        methods.add(method);
      }
    }
    return new ClassFile(name, source(in, pool, name), List.copyOf(methods));
  }

  private static void skipFields(DataInputStream in) throws IOException {
    int count = in.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      in.skipNBytes(6);
      int attributes = in.readUnsignedShort();
      for (int j = 0; j < attributes; j++) {
        in.skipNBytes(2);
        in.skipNBytes(in.readInt() & 0xFFFFFFFFL);
      }
    }
  }

  private static @Nullable Method method(DataInputStream in, ConstantPool pool, String annotation)
      throws IOException {
    int flags = in.readUnsignedShort();
    String name = pool.text(in.readUnsignedShort());
    String descriptor = pool.text(in.readUnsignedShort());
    Map<String, String> found = null;
    int line = 0;
    int attributes = in.readUnsignedShort();
    for (int i = 0; i < attributes; i++) {
      String kind = pool.text(in.readUnsignedShort());
      DataInputStream content = content(in);
      if (kind.equals("Code")) {
        line = firstLine(content, pool);
      } else if (kind.equals("RuntimeVisibleAnnotations")) {
        found = new AnnotationReader(content, pool).find(annotation);
      }
    }
    return found == null ? null : new Method(flags, name, type(descriptor), line, found);
  }

  private static MethodTypeDesc type(String descriptor) throws IOException {
    try {
      return MethodTypeDesc.ofDescriptor(descriptor);
    } catch (IllegalArgumentException e) {
      throw new IOException("a method has the type " + descriptor, e);
    }
  }

  private static int firstLine(DataInputStream code, ConstantPool pool) throws IOException {
    code.skipNBytes(4);
    code.skipNBytes(code.readInt() & 0xFFFFFFFFL);
    code.skipNBytes(8L * code.readUnsignedShort());
    int attributes = code.readUnsignedShort();
    for (int i = 0; i < attributes; i++) {
      boolean lines = pool.text(code.readUnsignedShort()).equals("LineNumberTable");
      DataInputStream content = content(code);
      if (lines && content.readUnsignedShort() > 0) {
        content.skipNBytes(2);
        return content.readUnsignedShort();
      }
    }
    return 0;
  }

  private static String source(DataInputStream in, ConstantPool pool, String orElse)
      throws IOException {
    int attributes = in.readUnsignedShort();
    for (int i = 0; i < attributes; i++) {
      boolean isSource = pool.text(in.readUnsignedShort()).equals("SourceFile");
      DataInputStream content = content(in);
      if (isSource) {
        return pool.text(content.readUnsignedShort());
      }
    }
    return orElse;
  }

  /** An attribute's content, which cannot be longer than what is left of the file. */
  private static DataInputStream content(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("an attribute is longer than the file");
    }
    return new DataInputStream(new ByteArrayInputStream(in.readNBytes(length)));
  }
}
