package dev.sardonyx.nn.initializers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The table that follows from {@code compute_fans} of Keras 3.15. */
class FansTest {
  @Test
  void scalarsAndVectorsHaveAsManyInputsAsOutputs() {
    assertEquals(new Fans(1, 1), Fans.of(new long[] {}));
    assertEquals(new Fans(7, 7), Fans.of(new long[] {7}));
  }

  @Test
  void matricesHaveThemAsRowsAndColumns() {
    assertEquals(new Fans(80, 120), Fans.of(new long[] {80, 120}));
  }

  @Test
  void kernelsCountTheWindowToo() {
    assertEquals(new Fans(5 * 16, 5 * 32), Fans.of(new long[] {5, 16, 32}));
    assertEquals(new Fans(3 * 5 * 16, 3 * 5 * 40), Fans.of(new long[] {3, 5, 16, 40}));
  }
}
