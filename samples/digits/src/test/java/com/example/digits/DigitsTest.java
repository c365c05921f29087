package com.example.digits;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsTest {
  @Test
  void readsDigitsThatItHasNotSeen(@TempDir Path folder) {
    double accuracy = Digits.run(folder.resolve("digits.onnx"));
    assertTrue(accuracy >= 0.98, "test accuracy " + accuracy);
  }
}
