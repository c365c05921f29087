package dev.sardonyx.nn.layers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * FarmHash's {@code Fingerprint64}, which TensorFlow's {@code string_to_hash_bucket_fast} divides
 * by the number of buckets. After Geoff Pike's {@code farmhashna::Hash64} (MIT licence).
 */
final class FarmHash64 {
  private static final long K0 = 0xc3a5c85c97cb3127L;
  private static final long K1 = 0xb492b66fbe98f273L;
  private static final long K2 = 0x9ae16a3b2f90404fL;

  private final ByteBuffer bytes;
  private final int length;

  private FarmHash64(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.length = bytes.length;
  }

  /** The fingerprint of {@code bytes}, an unsigned number. */
  static long of(byte[] bytes) {
    FarmHash64 hash = new FarmHash64(bytes);
    if (bytes.length > 64) {
      return hash.ofMany();
    }
    return bytes.length > 32 ? hash.of33To64() : bytes.length > 16 ? hash.of17To32() : hash.ofFew();
  }

  private long ofFew() {
    if (length == 0) {
      return K2;
    }
    long mul = K2 + length * 2L;
    if (length >= 8) {
      long a = fetch(0) + K2;
      long b = fetch(length - 8);
      return mix(rotate(b, 37) * mul + a, (rotate(a, 25) + b) * mul, mul);
    }
    if (length >= 4) {
      long first = Integer.toUnsignedLong(bytes.getInt(0));
      return mix(length + (first << 3), Integer.toUnsignedLong(bytes.getInt(length - 4)), mul);
    }
    long y = unsigned(0) + (unsigned(length >> 1) << 8);
    long z = length + (unsigned(length - 1) << 2);
    return shiftMix(y * K2 ^ z * K0) * K2;
  }

  private long of17To32() {
    long mul = K2 + length * 2L;
    long a = fetch(0) * K1;
    long b = fetch(8);
    long c = fetch(length - 8) * mul;
    long d = fetch(length - 16) * K2;
    return mix(rotate(a + b, 43) + rotate(c, 30) + d, a + rotate(b + K2, 18) + c, mul);
  }

  private long of33To64() {
    long mul = K2 + length * 2L;
    long a = fetch(0) * K2;
    long b = fetch(8);
    long c = fetch(length - 8) * mul;
    long d = fetch(length - 16) * K2;
    long y = rotate(a + b, 43) + rotate(c, 30) + d;
    long z = mix(y, a + rotate(b + K2, 18) + c, mul);
    long e = fetch(16) * mul;
    long f = fetch(24);
    long g = (y + fetch(length - 32)) * mul;
    long h = (z + fetch(length - 24)) * mul;
    return mix(rotate(e + f, 43) + rotate(g, 30) + h, e + rotate(f + a, 18) + g, mul);
  }

  private long ofMany() {
    State s = new State();
    int end = (length - 1) / 64 * 64;
    for (int at = 0; at < end; at += 64) {
      s.block(at, K1, 1);
    }
    long mul = K1 + ((s.z & 0xff) << 1);
    s.w0 += (length - 1) & 63;
    s.v0 += s.w0;
    s.w0 += s.v0;
    s.block(length - 64, mul, 9);
    return mix(mix(s.v0, s.w0, mul) + shiftMix(s.y) * K0 + s.z, mix(s.v1, s.w1, mul) + s.x, mul);
  }

  /** What is carried from one block of 64 bytes to the next. */
  private final class State {
    private long x = 81 * K2 + fetch(0);
    private long y = 81 * K1 + 113;
    private long z = shiftMix(y * K2 + 113) * K2;
    private long v0;
    private long v1;
    private long w0;
    private long w1;

    private void block(int at, long mul, long weight) {
      x = rotate(x + y + v0 + fetch(at + 8), 37) * mul;
      y = rotate(y + v1 + fetch(at + 48), 42) * mul;
      x ^= w1 * weight;
      y += v0 * weight + fetch(at + 40);
      z = rotate(z + w0, 33) * mul;
      long b = x + w0;
      long a = v1 * mul + fetch(at);
      b = rotate(b + a + fetch(at + 24), 21);
      long c = a;
      a += fetch(at + 8) + fetch(at + 16);
      v0 = a + fetch(at + 24);
      v1 = b + rotate(a, 44) + c;
      b = y + fetch(at + 16);
      a = z + w1 + fetch(at + 32);
      b = rotate(b + a + fetch(at + 56), 21);
      c = a;
      a += fetch(at + 40) + fetch(at + 48);
      w0 = a + fetch(at + 56);
      w1 = b + rotate(a, 44) + c;
      long swap = z;
      z = x;
      x = swap;
    }
  }

  private long fetch(int at) {
    return bytes.getLong(at);
  }

  private long unsigned(int at) {
    return bytes.get(at) & 0xff;
  }

  private static long rotate(long value, int bits) {
    return Long.rotateRight(value, bits);
  }

  static long shiftMix(long value) {
    return value ^ value >>> 47;
  }

  private static long mix(long u, long v, long mul) {
    long a = shiftMix((u ^ v) * mul);
    return shiftMix((v ^ a) * mul) * mul;
  }
}
