package dev.sardonyx.keras;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates to a size that is known before, and never further. */
final class Inflation {
  private static final int STEP = 1 << 16;

  private Inflation() {}

  /** The data hold more than they were said to. */
  static final class Excess extends IOException {
    private static final long serialVersionUID = 1L;

    Excess(long size) {
      super("they inflate to more than the %s bytes that are declared".formatted(size));
    }
  }

  /**
   * Inflates {@code length} bytes from {@code position} on into {@code target}.
   *
   * @param raw whether the data have no zlib header, as in zip archives
   * @throws Excess where the target is too small for what the data hold
   * @throws IOException where they hold less, or are damaged
   */
  static void inflate(ByteSource from, long position, long length, boolean raw, ByteBuffer target)
      throws IOException {
    Inflater inflater = new Inflater(raw);
    int size = target.remaining();
    try {
      long at = position;
      long end = position + length;
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          int step = (int) Math.min(STEP, end - at);
          if (step == 0) {
            throw new IOException("the compressed data end too early");
          }
          inflater.setInput(from.bytes(at, step));
          at += step;
        }
        step(inflater, target, size);
      }
    } catch (DataFormatException e) {
      throw new IOException("the compressed data are damaged", e);
    } finally {
      inflater.end();
    }
    if (target.hasRemaining()) {
      throw new IOException(
          "they inflate to %s bytes instead of %s".formatted(size - target.remaining(), size));
    }
  }

  private static void step(Inflater inflater, ByteBuffer target, int size)
      throws DataFormatException, IOException {
    if (target.hasRemaining()) {
      if (inflater.inflate(target) == 0 && inflater.needsDictionary()) {
        throw new IOException("the compressed data need a dictionary");
      }
    } else if (inflater.inflate(new byte[1]) > 0) {
      throw new Excess(size);
    } else if (inflater.needsDictionary()) {
      throw new IOException("the compressed data need a dictionary");
    }
  }
}
