package com.example.finetune;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinetuneTest {
  @Test
  void learnsDigitsThatTheNetworkHasNotSeen(@TempDir Path folder) {
    Finetune.Result result = Finetune.run(folder.resolve("finetune.onnx"));
    assertTrue(result.head() >= 0.97, "test accuracy " + result);
    assertTrue(result.all() >= 0.985, "test accuracy " + result);
  }
}
