package dev.sardonyx.keras;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes zip archives of members that are stored as they are, dated 1 January 1980: the same
 * content gives the same bytes.
 */
final class ZipWriter {
  private static final long U32 = 0xffffffffL;
  private static final int VERSION = 45;
  private static final int UTF_8_NAMES = 0x800;

  /** Year 1980, month 1, day 1. */
  private static final int DATE = 1 << 5 | 1;

  private final List<ByteBuffer> parts = new ArrayList<>();
  private final OutBytes directory = new OutBytes();
  private long position;
  private int count;

  void add(String name, List<ByteBuffer> content) {
    CRC32 crc = new CRC32();
    long size = 0;
    for (ByteBuffer part : content) {
      crc.update(part.duplicate());
      size += part.remaining();
    }
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    directory.number(0x02014b50, 4).number(VERSION, 2);
    describe(directory, crc.getValue(), size, nameBytes.length, size >= U32 || position >= U32);
    directory.number(0, 2).number(0, 2).number(0, 2).number(0, 4);
    boolean wide = size >= U32 || position >= U32;
    directory.number(wide ? U32 : position, 4).bytes(nameBytes);
    if (wide) {
      directory.number(1, 2).number(24, 2).number(size, 8).number(size, 8).number(position, 8);
    }
    OutBytes local = new OutBytes().number(0x04034b50, 4);
    describe(local, crc.getValue(), size, nameBytes.length, wide);
    local.bytes(nameBytes);
    if (wide) {
      // As long as in the directory, so that both say the same length of it.
      local.number(1, 2).number(24, 2).number(size, 8).number(size, 8).number(position, 8);
    }
    append(local.buffer());
    content.forEach(this::append);
    count++;
  }

  /** What the local header and the directory have in common. */
  private static void describe(OutBytes out, long crc, long size, int nameBytes, boolean wide) {
    out.number(VERSION, 2).number(UTF_8_NAMES, 2).number(0, 2).number(0, 2).number(DATE, 2);
    out.number(crc, 4).number(wide ? U32 : size, 4).number(wide ? U32 : size, 4);
    out.number(nameBytes, 2).number(wide ? 28 : 0, 2);
  }

  private void append(ByteBuffer part) {
    parts.add(part);
    position += part.remaining();
  }

  /** The archive's bytes in pieces. */
  List<ByteBuffer> finish() {
    long start = position;
    long size = directory.size();
    append(directory.buffer());
    if (start >= U32 || count >= 0xffff) {
      OutBytes wide = new OutBytes().number(0x06064b50, 4).number(44, 8);
      wide.number(VERSION, 2).number(VERSION, 2).number(0, 4).number(0, 4);
      wide.number(count, 8).number(count, 8).number(size, 8).number(start, 8);
      wide.number(0x07064b50, 4).number(0, 4).number(start + size, 8).number(1, 4);
      append(wide.buffer());
    }
    OutBytes end = new OutBytes().number(0x06054b50, 4).number(0, 4);
    end.number(Math.min(count, 0xffff), 2).number(Math.min(count, 0xffff), 2);
    end.number(size, 4).number(Math.min(start, U32), 4).number(0, 2);
    append(end.buffer());
    return parts;
  }
}
