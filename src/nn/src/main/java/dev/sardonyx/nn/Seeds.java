package dev.sardonyx.nn;

import java.util.SplittableRandom;

/** Streams of random numbers that depend on a seed and a purpose, and on nothing else. */
final class Seeds {
  private Seeds() {}

  /** The stream for {@code purpose}: the same on every machine and in every order of asking. */
  static SplittableRandom stream(long seed, String purpose) {
    long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bits
    for (int i = 0; i < purpose.length(); i++) {
      hash = (hash ^ purpose.charAt(i)) * 0x100000001b3L;
    }
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ hash);
  }
}
