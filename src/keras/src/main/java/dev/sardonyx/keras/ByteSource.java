package dev.sardonyx.keras;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Bytes that can be read from any position: a file, a part of one, or a buffer. */
interface ByteSource {
  long size();

  /** Fills {@code target} with the bytes from {@code position} on. */
  void read(long position, ByteBuffer target) throws IOException;

  /** The bytes of {@code channel} from {@code start} on; whoever opened it closes it. */
  static ByteSource of(FileChannel channel, long start, long size) {
    return new ByteSource() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public void read(long position, ByteBuffer target) throws IOException {
        require(position, target.remaining(), size);
        long at = start + position;
        while (target.hasRemaining()) {
          int count = channel.read(target, at);
          if (count < 0) {
            throw new IOException("the file became shorter while it was read");
          }
          at += count;
        }
      }
    };
  }

  static ByteSource of(ByteBuffer bytes) {
    ByteBuffer all = bytes.slice();
    return new ByteSource() {
      @Override
      public long size() {
        return all.remaining();
      }

      @Override
      public void read(long position, ByteBuffer target) throws IOException {
        require(position, target.remaining(), all.remaining());
        target.put(all.slice((int) position, target.remaining()));
      }
    };
  }

  private static void require(long position, long length, long size) throws IOException {
    if (position < 0 || position > size || length > size - position) {
      throw new IOException(
          "%s bytes at %s do not lie within %s".formatted(length, position, size));
    }
  }

  /** {@code length} bytes from {@code position} on, in a fresh array. */
  default byte[] bytes(long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    read(position, ByteBuffer.wrap(bytes));
    return bytes;
  }
}
