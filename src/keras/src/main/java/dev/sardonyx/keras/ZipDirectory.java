package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the central directory of a zip archive, with the 64-bit extensions.
 *
 * <p>Our own, because the place of a stored member in the file is needed: the weights are read from
 * there. The format is that of PKWARE's APPNOTE 6.3.
 */
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int ENTRY = 0x02014b50;
  private static final int END_BYTES = 22;
  private static final int ENTRY_BYTES = 46;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final long LARGEST = 64L << 20;
  private static final long U32 = 0xffffffffL;
  private static final int UNIX = 3;
  private static final int UNIX_TYPE = 0170000;
  private static final int UNIX_LINK = 0120000;

  private final ByteSource bytes;
  private final Source source;

  private record Extent(long count, long size, long offset, long limit) {}

  ZipDirectory(ByteSource bytes, Source source) {
    this.bytes = bytes;
    this.source = source;
  }

  /** All members in the directory's order. */
  List<ZipMember> members() throws IOException {
    Extent extent = extent();
    if (extent.size() < 0
        || extent.offset() < 0
        || extent.size() > Math.min(LARGEST, extent.limit())
        || extent.offset() != extent.limit() - extent.size()) {
      throw damaged("its directory of %s bytes has no place".formatted(extent.size()));
    }
    ByteBuffer directory = slice(extent.offset(), (int) extent.size());
    List<ZipMember> members = new ArrayList<>();
    while (directory.hasRemaining()) {
      if (directory.remaining() < ENTRY_BYTES || directory.getInt(directory.position()) != ENTRY) {
        throw damaged("its directory breaks off");
      }
      members.add(entry(directory));
    }
    if (members.size() != extent.count()) {
      throw damaged(
          "its directory has %s members instead of %s".formatted(members.size(), extent.count()));
    }
    return members;
  }

  private Extent extent() throws IOException {
    long size = bytes.size();
    int tail = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
    ByteBuffer end = slice(size - tail, tail);
    for (int at = tail - END_BYTES; at >= 0; at--) {
      if (end.getInt(at) == END
          && Short.toUnsignedInt(end.getShort(at + 20)) == tail - END_BYTES - at) {
        return extent(end, at, size - tail + at);
      }
    }
    throw damaged("it has no directory at its end");
  }

  private Extent extent(ByteBuffer end, int at, long position) throws IOException {
    if (end.getShort(at + 4) != 0 || end.getShort(at + 6) != 0) {
      throw damaged("it is one of several parts");
    }
    long count = Short.toUnsignedLong(end.getShort(at + 10));
    long size = end.getInt(at + 12) & U32;
    long offset = end.getInt(at + 16) & U32;
    if (count != 0xffff && size != U32 && offset != U32) {
      return new Extent(count, size, offset, position);
    }
    ByteBuffer locator = position < 20 ? null : slice(position - 20, 20);
    if (locator == null || locator.getInt(0) != LOCATOR_64) {
      return new Extent(count, size, offset, position);
    }
    long at64 = locator.getLong(8);
    if (at64 < 0 || at64 > position - 20 - 56) {
      throw damaged("its 64-bit directory has no place");
    }
    ByteBuffer end64 = slice(at64, 56);
    if (end64.getInt(0) != END_64) {
      throw damaged("its 64-bit directory is missing");
    }
    return new Extent(end64.getLong(32), end64.getLong(40), end64.getLong(48), at64);
  }

  private ZipMember entry(ByteBuffer in) {
    int start = in.position();
    int nameBytes = Short.toUnsignedInt(in.getShort(start + 28));
    int extraBytes = Short.toUnsignedInt(in.getShort(start + 30));
    int commentBytes = Short.toUnsignedInt(in.getShort(start + 32));
    int end = start + ENTRY_BYTES + nameBytes + extraBytes + commentBytes;
    if (end > in.limit()) {
      throw damaged("its directory breaks off");
    }
    String name =
        StandardCharsets.UTF_8.decode(in.slice(start + ENTRY_BYTES, nameBytes)).toString();
    requireNoLink(name, in.getShort(start + 4), in.getInt(start + 38));
    long[] wide = {
      in.getInt(start + 24) & U32, in.getInt(start + 20) & U32, in.getInt(start + 42) & U32
    };
    widen(in.slice(start + ENTRY_BYTES + nameBytes, extraBytes).order(in.order()), wide);
    in.position(end);
    return new ZipMember(
        name,
        Short.toUnsignedInt(in.getShort(start + 8)),
        Short.toUnsignedInt(in.getShort(start + 10)),
        in.getInt(start + 16) & U32,
        wide[1],
        wide[0],
        wide[2]);
  }

  /** Takes from the 64-bit extra field, in this order, whichever of the three is too large. */
  private void widen(ByteBuffer extra, long[] wide) {
    while (extra.remaining() >= 4) {
      int id = Short.toUnsignedInt(extra.getShort());
      int length = Short.toUnsignedInt(extra.getShort());
      if (length > extra.remaining()) {
        throw damaged("an extra field breaks off");
      }
      ByteBuffer field = extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      extra.position(extra.position() + length);
      for (int i = 0; id == 1 && i < wide.length; i++) {
        if (wide[i] == U32 && field.remaining() >= 8) {
          wide[i] = field.getLong();
        }
      }
    }
  }

  private void requireNoLink(String name, short madeBy, int attributes) {
    int system = Short.toUnsignedInt(madeBy) >> 8;
    if (system == UNIX && ((attributes >>> 16) & UNIX_TYPE) == UNIX_LINK) {
      throw source.refuse(
          "KERAS-003",
          Source.shown(name),
          "a member of the archive is a symbolic link",
          "member: " + name,
          "Keras writes none: unpack the archive, look at the link, and save the model again");
    }
  }

  private ByteBuffer slice(long position, int length) throws IOException {
    return ByteBuffer.wrap(bytes.bytes(position, length)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private DiagnosticException damaged(String received) {
    return ZipArchive.damaged(source, "", received);
  }
}
