package dev.sardonyx.keras;

import io.jhdf.checksum.ChecksumUtils;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Little-endian bytes being put together. */
final class OutBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** The lowest {@code width} bytes of a number. */
  OutBytes number(long value, int width) {
    for (int i = 0; i < width; i++) {
      out.write((int) (value >>> 8 * i));
    }
    return this;
  }

  OutBytes bytes(int... values) {
    Arrays.stream(values).forEach(out::write);
    return this;
  }

  OutBytes bytes(byte[] values) {
    out.writeBytes(values);
    return this;
  }

  OutBytes address(long value) {
    return number(value, 8);
  }

  /** Zeros up to the next multiple of {@code unit}. */
  OutBytes pad(int unit) {
    while (out.size() % unit != 0) {
      out.write(0);
    }
    return this;
  }

  int size() {
    return out.size();
  }

  byte[] array() {
    return out.toByteArray();
  }

  ByteBuffer buffer() {
    return ByteBuffer.wrap(out.toByteArray());
  }

  /** The bytes with HDF5's checksum behind them. */
  ByteBuffer checked() {
    return number(ChecksumUtils.checksum(out.toByteArray()), 4).buffer();
  }
}
