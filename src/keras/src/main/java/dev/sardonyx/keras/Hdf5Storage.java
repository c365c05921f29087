package dev.sardonyx.keras;

import io.jhdf.Superblock;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * What jHDF reads from: nothing outside the file, and in all not much more than the file has.
 *
 * <p>jHDF follows whatever addresses a file names, again and again where they form a loop, and
 * takes memory for whatever lengths it names. All of that passes here, so that loops end and
 * lengths are those of bytes that exist.
 */
final class Hdf5Storage implements HdfBackingStorage {
  private static final int PAGE = 4096;
  private static final int PAGES = 1024;
  private static final long LARGEST = 64L << 20;

  private final ByteSource bytes;
  private final Superblock superblock;
  private final byte[][] pages = new byte[PAGES][];
  private final long[] pageNumbers = new long[PAGES];
  private long budget;

  /** The structure is too large or loops. */
  static final class Exhausted extends HdfException {
    private static final long serialVersionUID = 1L;

    Exhausted() {
      super("the file's structure is read again and again");
    }
  }

  Hdf5Storage(ByteSource bytes) {
    this.bytes = bytes;
    // Structure is read about three times; a call costs time even where it reads a byte.
    this.budget = (16L << 20) + 4 * Math.min(bytes.size(), LARGEST);
    // The longest superblock, version 1, has 96 bytes.
    ByteBuffer head = ByteBuffer.allocate((int) Math.min(96, bytes.size()));
    head.order(ByteOrder.LITTLE_ENDIAN);
    this.superblock = Superblock.readSuperblock(head.put(read(0, head.capacity())).flip());
  }

  ByteSource bytes() {
    return bytes;
  }

  @Override
  public ByteBuffer readBufferFromAddress(long address, int length) {
    return map(address, length);
  }

  @Override
  public ByteBuffer mapNoOffset(long address, long length) {
    return map(address, length);
  }

  @Override
  public ByteBuffer map(long address, long length) {
    if (length > LARGEST) {
      throw new HdfException("a part of the structure takes %s bytes".formatted(length));
    }
    return read(address, length);
  }

  private ByteBuffer read(long address, long length) {
    if (address < 0 || length < 0 || address > bytes.size() || length > bytes.size() - address) {
      throw new HdfException(
          "%s bytes at address %s do not lie within the file's %s"
              .formatted(length, Long.toUnsignedString(address), bytes.size()));
    }
    budget -= length + 64;
    if (budget < 0) {
      throw new Exhausted();
    }
    ByteBuffer target = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    try {
      fill(target, address);
    } catch (IOException e) {
      throw new HdfException("cannot read at address " + address, e);
    }
    return target.flip();
  }

  private void fill(ByteBuffer target, long address) throws IOException {
    if (target.remaining() > PAGE) {
      bytes.read(address, target);
      return;
    }
    long at = address;
    while (target.hasRemaining()) {
      byte[] page = page(at / PAGE);
      int offset = (int) (at % PAGE);
      int count = Math.min(page.length - offset, target.remaining());
      target.put(page, offset, count);
      at += count;
    }
  }

  private byte[] page(long number) throws IOException {
    int slot = (int) (number % PAGES);
    byte[] cached = pages[slot];
    if (cached == null || pageNumbers[slot] != number) {
      long start = number * PAGE;
      cached = bytes.bytes(start, (int) Math.min(PAGE, bytes.size() - start));
      pages[slot] = cached;
      pageNumbers[slot] = number;
    }
    return cached;
  }

  @Override
  public long getUserBlockSize() {
    return 0;
  }

  @Override
  public Superblock getSuperblock() {
    return superblock;
  }

  @Override
  public FileChannel getFileChannel() {
    throw new HdfException("there is no channel");
  }

  @Override
  public int getSizeOfOffsets() {
    return superblock.getSizeOfOffsets();
  }

  @Override
  public int getSizeOfLengths() {
    return superblock.getSizeOfLengths();
  }

  @Override
  public void close() {}

  @Override
  public long size() {
    return bytes.size();
  }

  @Override
  public boolean inMemory() {
    return true;
  }
}
