package dev.sardonyx.keras;

import io.jhdf.checksum.ChecksumUtils;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.Message;
import io.jhdf.object.message.ObjectHeaderContinuationMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an object's header that say what it is; the others are passed over.
 *
 * <p>jHDF parses the messages. Its own walk over them follows continuations that form a loop, and
 * fails on what h5py makes of bfloat16: opaque bytes without a tag.
 */
final class Hdf5Header {
  private static final int DATATYPE = 3;
  private static final int EXTERNAL_FILES = 7;
  private static final int ATTRIBUTE = 12;
  private static final int OPAQUE_CLASS = 5;
  private static final int SHARED = 2;
  private static final int SIGNATURE_V2 = 0x5244484f;
  private static final int CONTINUED_V2 = 0x4b48434f;

  /** Dataspace, link info, datatype, fill value, link, layout, filters, continuation, table. */
  private static final Set<Integer> WANTED = Set.of(1, 2, DATATYPE, 5, 6, 8, 11, 16, 17, 21);

  private final Hdf5Storage storage;
  private final Source source;
  private final String path;
  private final List<Message> messages = new ArrayList<>();
  private final Set<Long> blocks = new HashSet<>();
  private @Nullable Hdf5Type type;

  private Hdf5Header(Hdf5Storage storage, Source source, String path) {
    this.storage = storage;
    this.source = source;
    this.path = path;
  }

  static Hdf5Header read(Hdf5Storage storage, long address, Source source, String path) {
    Hdf5Header header = new Hdf5Header(storage, source, path);
    if (storage.map(address, 1).get() == 1) {
      header.readV1(address);
    } else {
      header.readV2(address);
    }
    return header;
  }

  /** The one message of this kind, or null; several are refused. */
  <T extends Message> @Nullable T message(Class<T> kind) {
    List<T> found = messages(kind);
    if (found.size() > 1) {
      throw new HdfException("the header has %s messages %s".formatted(found.size(), kind));
    }
    return found.isEmpty() ? null : found.get(0);
  }

  <T extends Message> T required(Class<T> kind) {
    T found = message(kind);
    if (found == null) {
      throw new HdfException("the header has no message " + kind.getSimpleName());
    }
    return found;
  }

  <T extends Message> List<T> messages(Class<T> kind) {
    return messages.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The type of an array's elements. */
  Hdf5Type type() {
    return type != null ? type : Hdf5Type.of(required(DataTypeMessage.class).getDataType());
  }

  private void readV1(long address) {
    ByteBuffer prefix = storage.map(address, 12);
    int count = Short.toUnsignedInt(prefix.getShort(2));
    readV1(block(address + 16, Integer.toUnsignedLong(prefix.getInt(8))), count);
  }

  private ByteBuffer block(long address, long length) {
    if (!blocks.add(address)) {
      throw Hdf5File.loops(source, path, "the header continues where it was before");
    }
    return storage.map(address, length);
  }

  private void readV1(ByteBuffer block, int count) {
    int seen = 0;
    while (block.remaining() >= 8 && seen < count) {
      seen++;
      int start = block.position();
      int kind = Short.toUnsignedInt(block.getShort(start));
      int end = start + 8 + Short.toUnsignedInt(block.getShort(start + 2));
      ByteBuffer data = within(block, start + 8, end);
      if (isWanted(kind, block.get(start + 4), data)) {
        add(kind, block, () -> Message.readObjectHeaderV1Message(block, storage));
      }
      // Messages begin at multiples of eight; the last may leave less than that.
      block.position(Math.min(block.limit(), (end + 7) & ~7));
      continued(false, count);
    }
  }

  private void readV2(long address) {
    ByteBuffer prefix = storage.map(address, 6);
    if (prefix.getInt(0) != SIGNATURE_V2 || prefix.get(4) != 2) {
      throw new HdfException("there is no object at address " + address);
    }
    int flags = prefix.get(5);
    int skipped = ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
    int width = 1 << (flags & 3);
    ByteBuffer size = storage.map(address + 6 + skipped, width);
    long length =
        switch (width) {
          case 1 -> Byte.toUnsignedLong(size.get());
          case 2 -> Short.toUnsignedLong(size.getShort());
          case 4 -> Integer.toUnsignedLong(size.getInt());
          default -> size.getLong();
        };
    long start = address + 6 + skipped + width;
    requireChecksum(storage.map(address, start - address + length + 4));
    readV2(block(start, length), (flags & 4) != 0);
  }

  private void readV2(ByteBuffer block, boolean ordered) {
    int head = ordered ? 6 : 4;
    while (block.remaining() >= head) {
      int start = block.position();
      int kind = Byte.toUnsignedInt(block.get(start));
      int end = start + head + Short.toUnsignedInt(block.getShort(start + 1));
      ByteBuffer data = within(block, start + head, end);
      if (isWanted(kind, block.get(start + 3), data)) {
        add(kind, block, () -> Message.readObjectHeaderV2Message(block, storage, ordered));
      }
      block.position(end);
      continued(ordered, -1);
    }
  }

  /** Goes on where the message that was read last says, if it says so. */
  private void continued(boolean ordered, int count) {
    if (messages.isEmpty()
        || !(messages.get(messages.size() - 1) instanceof ObjectHeaderContinuationMessage next)) {
      return;
    }
    messages.remove(messages.size() - 1);
    ByteBuffer block = block(next.getOffset(), next.getLength());
    if (count >= 0) {
      readV1(block, count);
      return;
    }
    requireChecksum(block);
    if (block.getInt(0) != CONTINUED_V2) {
      throw new HdfException("the header does not continue at address " + next.getOffset());
    }
    readV2(block.slice(4, block.limit() - 8).order(ByteOrder.LITTLE_ENDIAN), ordered);
  }

  private static ByteBuffer within(ByteBuffer block, int start, int end) {
    if (end > block.limit()) {
      throw new HdfException("a message ends outside its header");
    }
    return block.slice(start, end - start).order(ByteOrder.LITTLE_ENDIAN);
  }

  private boolean isWanted(int kind, int flags, ByteBuffer data) {
    if (kind == EXTERNAL_FILES) {
      throw Hdf5File.elsewhere(
          source, path, "the array's data lie in other files", "a list of external files");
    }
    if (kind == DATATYPE && (data.get(0) & 0xf) == OPAQUE_CLASS) {
      type = Hdf5Type.opaque(data.getInt(4));
      return false;
    }
    boolean wanted = kind == ATTRIBUTE || WANTED.contains(kind);
    if (wanted && kind != ATTRIBUTE && (flags & SHARED) != 0) {
      throw new HdfException("a message is shared with another object");
    }
    return wanted;
  }

  /** An attribute of a kind that jHDF cannot parse is no text, and so none that counts. */
  private void add(int kind, ByteBuffer block, java.util.function.Supplier<Message> read) {
    int position = block.position();
    try {
      messages.add(read.get());
    } catch (Hdf5Storage.Exhausted e) {
      throw e;
    } catch (RuntimeException e) {
      if (kind != ATTRIBUTE) {
        throw e;
      }
      block.position(position);
    }
  }

  private static void requireChecksum(ByteBuffer bytes) {
    ByteBuffer data = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int stored = data.getInt(data.limit() - 4);
    byte[] summed = new byte[data.limit() - 4];
    data.get(0, summed);
    if (ChecksumUtils.checksum(summed) != stored) {
      throw new HdfException("a checksum is wrong");
    }
  }

  /** The attributes that are in the header itself. */
  List<AttributeMessage> attributes() {
    return messages(AttributeMessage.class);
  }
}
