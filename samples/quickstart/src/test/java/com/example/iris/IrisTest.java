package com.example.iris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IrisTest {
  @Test
  void learnsAndWritesTheSameFilesTwice(@TempDir Path folder) throws IOException {
    for (String run : List.of("first", "second")) {
      double accuracy = Iris.run(folder.resolve(run));
      assertTrue(accuracy >= 0.94, "test accuracy " + accuracy);
    }
    for (String file :
        List.of(
            "iris.onnx", "iris/gradients.onnx", "iris/train_step.onnx", "iris/eval_step.onnx")) {
      Path first = folder.resolve("first").resolve(file);
      assertEquals(-1, Files.mismatch(first, folder.resolve("second").resolve(file)), file);
    }
  }
}
