package dev.sardonyx.nn;

import dev.sardonyx.ir.Bitwise;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;

/**
 * Random numbers as a function of (key, step, which call), computed by integer operators: the same
 * in every session, on every provider and after a resume, where ONNX's own random operators are
 * not.
 *
 * <p>Element i of a Weyl sequence is hashed by xor-shifts and multiplications in the manner of
 * lowbias32 (Wellons 2018), with one key added before and one mixed in between, so that two streams
 * are not shifted copies of each other. The multipliers lie below 2³¹: products of 32-bit words are
 * taken in int64 and do not overflow.
 */
final class RandomStream {
  private static final long GOLDEN = 0x61C88647L; // 2³² - 2³²/φ, odd
  private static final long FIRST = 0x45D9F3BL;
  private static final long SECOND = 0x7FEB352DL;

  private final Value key;
  private final Value step;
  private int calls;

  /**
   * @param key the run's seed, an int64 scalar
   * @param step the number of the step, an int64 scalar
   */
  RandomStream(Value key, Value step) {
    this.key = key;
    this.step = step;
  }

  /** Numbers in [0, 1) with 24 random bits, of the type and shape of {@code like}. */
  Value uniformLike(Value like) {
    return uniformLike(like, key);
  }

  /** As {@link #uniformLike(Value)}, with {@code seed} in the place of the run's key. */
  Value uniformLike(Value like, long seed) {
    return uniformLike(like, Value.scalar(ElementType.INT64, seed));
  }

  private Value uniformLike(Value like, Value runKey) {
    int call = calls++;
    Value salted = mix(low(runKey), low(Value.scalar(ElementType.INT64, call + 1)));
    Value first = mix(salted, low(step));
    Value second = mix(first, salted);
    Value count = like.sizeOf();
    Value index =
        Value.range(Value.scalar(ElementType.INT64, 0), count, Value.scalar(ElementType.INT64, 1));
    Value bits = hash(low(index.mul(GOLDEN).add(wide(first))), second);
    Value unit = shift(bits, 8).cast(like.element()).mul(0x1p-24);
    return unit.reshapeLike(like);
  }

  private static Value mix(Value a, Value b) {
    return hash(low(wide(a).mul(GOLDEN).add(wide(b))), a);
  }

  /** A bijection of 32-bit words for every {@code key}. */
  private static Value hash(Value word, Value key) {
    Value h = xor(word, shift(word, 16));
    h = xor(low(wide(h).mul(FIRST)), key);
    h = xor(h, shift(h, 15));
    h = low(wide(h).mul(SECOND));
    return xor(h, shift(h, 16));
  }

  /** Casting to uint32 keeps the low 32 bits. */
  private static Value low(Value wide) {
    return wide.cast(ElementType.UINT32);
  }

  private static Value wide(Value word) {
    return word.cast(ElementType.INT64);
  }

  private static Value shift(Value word, int bits) {
    return Value.of(
        new Bitwise.BitShift(Bitwise.Direction.RIGHT),
        word,
        Value.scalar(ElementType.UINT32, bits));
  }

  private static Value xor(Value a, Value b) {
    return Value.of(new Bitwise.BitwiseXor(), a, b);
  }
}
