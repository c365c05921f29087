package dev.sardonyx.keras;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes HDF5 files, as the format's specification has them from HDF5 1.8 on: superblock 2, headers
 * 2, links within them, data in one piece.
 *
 * <p>Our own, because jHDF writes neither texts of variable length nor opaque types, and puts all
 * of an attribute into its 64 kB. A group comes after what it links to.
 */
final class Hdf5Writer {
  private static final long UNDEFINED = -1;
  private static final int SUPERBLOCK_BYTES = 48;
  private static final int DATASPACE = 1;
  private static final int LINK_INFO = 2;
  private static final int DATATYPE = 3;
  private static final int FILL_VALUE = 5;
  private static final int LINK = 6;
  private static final int LAYOUT = 8;
  private static final int GROUP_INFO = 10;
  private static final int ATTRIBUTE = 12;

  private final List<ByteBuffer> parts = new ArrayList<>();
  private final OutTexts texts = new OutTexts();
  private long end = SUPERBLOCK_BYTES;

  private Hdf5Writer() {}

  /** The file's bytes in pieces; data are not copied. */
  static List<ByteBuffer> parts(OutGroup root) {
    Hdf5Writer writer = new Hdf5Writer();
    writer.collect(root);
    writer.texts.heaps(writer.end).forEach(writer::append);
    long address = writer.group(root);
    OutBytes superblock = new OutBytes();
    superblock.bytes(0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 2, 8, 8, 0);
    superblock.address(0).address(UNDEFINED).address(writer.end).address(address);
    writer.parts.add(0, superblock.checked());
    return writer.parts;
  }

  /** The order of texts is that in which {@link #attribute} asks for them: children first. */
  private void collect(OutGroup group) {
    group.groups().values().forEach(this::collect);
    for (Tensor data : group.arrays().values()) {
      attributes(data).values().forEach(this::collectTexts);
    }
    group.attributes().values().forEach(this::collectTexts);
  }

  private void collectTexts(Object value) {
    list(value).forEach(texts::add);
  }

  private static List<String> list(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(String.class::cast).toList();
    }
    return List.of((String) value);
  }

  private static Map<String, Object> attributes(Tensor data) {
    return data.element() == ElementType.BFLOAT16 ? Map.of("dtype", "bfloat16") : Map.of();
  }

  private long append(ByteBuffer part) {
    long address = end;
    int padding = -part.remaining() & 7;
    parts.add(part);
    end += part.remaining() + padding;
    if (padding > 0) {
      parts.add(ByteBuffer.allocate(padding));
    }
    return address;
  }

  private long group(OutGroup group) {
    Map<String, Long> links = new TreeMap<>();
    group.groups().forEach((name, below) -> links.put(name, group(below)));
    group.arrays().forEach((name, data) -> links.put(name, array(data)));
    OutBytes messages = new OutBytes();
    message(messages, LINK_INFO, new OutBytes().bytes(0, 0).address(UNDEFINED).address(UNDEFINED));
    message(messages, GROUP_INFO, new OutBytes().bytes(0, 0));
    links.forEach((name, address) -> message(messages, LINK, link(name, address)));
    group.attributes().forEach((name, value) -> attribute(messages, name, value));
    return append(header(messages));
  }

  /** Version 1, with a character set and two bytes for the name's length. */
  private static OutBytes link(String name, long address) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return new OutBytes().bytes(1, 0x11, 1).number(bytes.length, 2).bytes(bytes).address(address);
  }

  private long array(Tensor data) {
    ByteBuffer bytes = data.bytes();
    long size = bytes.remaining();
    long address = size == 0 ? UNDEFINED : append(bytes);
    OutBytes messages = new OutBytes();
    message(messages, DATASPACE, dataspace(data.dims()));
    message(messages, DATATYPE, OutTypes.datatype(data.element()));
    // Space is taken late, and filled where a value is set: h5py's defaults.
    message(messages, FILL_VALUE, new OutBytes().bytes(3, 0x0a));
    message(messages, LAYOUT, new OutBytes().bytes(3, 1).address(address).number(size, 8));
    attributes(data).forEach((name, value) -> attribute(messages, name, value));
    return append(header(messages));
  }

  private static OutBytes dataspace(long... dims) {
    OutBytes space = new OutBytes().bytes(2, dims.length, 0, dims.length == 0 ? 0 : 1);
    for (long dim : dims) {
      space.number(dim, 8);
    }
    return space;
  }

  private void attribute(OutBytes messages, String name, Object value) {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    List<String> list = list(value);
    OutBytes type =
        list.isEmpty() ? OutTypes.datatype(ElementType.FLOAT64) : OutTypes.variableText();
    OutBytes space = value instanceof String ? dataspace() : dataspace(list.size());
    OutBytes attribute =
        new OutBytes()
            .bytes(3, 0)
            .number(nameBytes.length + 1, 2)
            .number(type.size(), 2)
            .number(space.size(), 2)
            .bytes(1)
            .bytes(nameBytes)
            .bytes(0)
            .bytes(type.array())
            .bytes(space.array());
    for (int i = 0; i < list.size(); i++) {
      texts.reference(attribute);
    }
    message(messages, ATTRIBUTE, attribute);
  }

  private static void message(OutBytes messages, int kind, OutBytes content) {
    if (content.size() > 0xffff) {
      throw new IllegalArgumentException("a name or shape is too long for HDF5");
    }
    messages.number(kind, 1).number(content.size(), 2).bytes(0).bytes(content.array());
  }

  /** Version 2, with four bytes for the length of the messages. */
  private static ByteBuffer header(OutBytes messages) {
    return new OutBytes()
        .bytes('O', 'H', 'D', 'R', 2, 2)
        .number(messages.size(), 4)
        .bytes(messages.array())
        .checked();
  }
}
