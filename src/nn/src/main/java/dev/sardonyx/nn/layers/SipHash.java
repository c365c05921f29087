package dev.sardonyx.nn.layers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 of Aumasson and Bernstein 2012, which TensorFlow's {@code
 * string_to_hash_bucket_strong} divides by the number of buckets.
 */
final class SipHash {
  private long v0;
  private long v1;
  private long v2;
  private long v3;

  private SipHash(long k0, long k1) {
    v0 = k0 ^ 0x736f6d6570736575L;
    v1 = k1 ^ 0x646f72616e646f6dL;
    v2 = k0 ^ 0x6c7967656e657261L;
    v3 = k1 ^ 0x7465646279746573L;
  }

  /** The hash of {@code bytes} under a key of two halves, an unsigned number. */
  static long of(long k0, long k1, byte[] bytes) {
    SipHash hash = new SipHash(k0, k1);
    ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (words.remaining() >= 8) {
      hash.take(words.getLong());
    }
    long last = (long) bytes.length << 56;
    for (int shift = 0; words.hasRemaining(); shift += 8) {
      last |= (words.get() & 0xffL) << shift;
    }
    hash.take(last);
    hash.v2 ^= 0xff;
    hash.rounds(4);
    return hash.v0 ^ hash.v1 ^ hash.v2 ^ hash.v3;
  }

  private void take(long word) {
    v3 ^= word;
    rounds(2);
    v0 ^= word;
  }

  private void rounds(int n) {
    for (int i = 0; i < n; i++) {
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
