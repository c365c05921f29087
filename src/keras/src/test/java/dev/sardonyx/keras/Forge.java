package dev.sardonyx.keras;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes HDF5 files message by message, as nobody's library would. */
final class Forge {
  static final long ROOT = 48;
  static final byte[] FLOAT32 = OutTypes.datatype(dev.sardonyx.ir.type.ElementType.FLOAT32).array();

  private final List<byte[]> parts = new ArrayList<>();
  private long end = ROOT;

  /** Adds bytes; gives their address. The first to be added is the root. */
  long add(byte[] part) {
    long address = end;
    byte[] padded = Arrays.copyOf(part, (part.length + 7) / 8 * 8);
    parts.add(padded);
    end += padded.length;
    return address;
  }

  /** The address of what is added next. */
  long next() {
    return end;
  }

  long header(byte[]... messages) {
    return add(headerBytes(messages));
  }

  static byte[] headerBytes(byte[]... messages) {
    OutBytes all = new OutBytes();
    for (byte[] message : messages) {
      all.bytes(message);
    }
    return bytes(
        new OutBytes()
            .bytes('O', 'H', 'D', 'R', 2, 2)
            .number(all.size(), 4)
            .bytes(all.array())
            .checked());
  }

  private static byte[] bytes(java.nio.ByteBuffer buffer) {
    return buffer.array();
  }

  static byte[] message(int kind, OutBytes content) {
    OutBytes message = new OutBytes().number(kind, 1).number(content.size(), 2).bytes(0);
    return message.bytes(content.array()).array();
  }

  static byte[] linkInfo() {
    return message(2, new OutBytes().bytes(0, 0).address(-1).address(-1));
  }

  static byte[] link(String name, long address) {
    return message(6, linkHead(name, 0).address(address));
  }

  private static OutBytes linkHead(String name, int kind) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    return new OutBytes().bytes(1, 8, kind, bytes.length).bytes(bytes);
  }

  static byte[] softLink(String name, String target) {
    return message(
        6,
        linkHead(name, 1)
            .number(target.length(), 2)
            .bytes(target.getBytes(StandardCharsets.US_ASCII)));
  }

  static byte[] externalLink(String name, String file, String path) {
    byte[] target = ("\0" + file + "\0" + path + "\0").getBytes(StandardCharsets.US_ASCII);
    return message(6, linkHead(name, 64).number(target.length, 2).bytes(target));
  }

  static byte[] space(long... dims) {
    OutBytes space = new OutBytes().bytes(2, dims.length, 0, dims.length == 0 ? 0 : 1);
    for (long dim : dims) {
      space.number(dim, 8);
    }
    return message(1, space);
  }

  static byte[] float32() {
    return message(3, new OutBytes().bytes(FLOAT32));
  }

  static byte[] contiguous(long address, long size) {
    return message(8, new OutBytes().bytes(3, 1).address(address).number(size, 8));
  }

  /** Chunks of float32, found by a tree. */
  static byte[] chunked(long tree, int... dims) {
    OutBytes layout = new OutBytes().bytes(3, 2, dims.length + 1).address(tree);
    for (int dim : dims) {
      layout.number(dim, 4);
    }
    return message(8, layout.number(4, 4));
  }

  static byte[] deflate() {
    return message(
        11, new OutBytes().bytes(2, 1).number(1, 2).number(0, 2).number(1, 2).number(6, 4));
  }

  /** A tree with one chunk, at the start of a vector. */
  static byte[] chunkTree(long chunk, int stored, int length) {
    return new OutBytes()
        .bytes('T', 'R', 'E', 'E', 1, 0)
        .number(1, 2)
        .address(-1)
        .address(-1)
        .number(stored, 4)
        .number(0, 4)
        .address(0)
        .address(0)
        .address(chunk)
        .number(0, 8)
        .address(length)
        .address(0)
        .array();
  }

  /** The file: superblock, then the parts. */
  byte[] file() {
    OutBytes all = new OutBytes();
    OutBytes superblock = new OutBytes();
    superblock.bytes(0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 2, 8, 8, 0);
    superblock.address(0).address(-1).address(end).address(ROOT);
    all.bytes(superblock.checked().array());
    parts.forEach(all::bytes);
    return all.array();
  }
}
