package dev.sardonyx.cli;

import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Input.input;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.keras.Keras;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.Sequential;
import dev.sardonyx.nn.layers.Hashing;
import dev.sardonyx.runtime.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of Keras as inputs and outputs of commands. */
class KerasCommandsTest {
  private static final Tensor X = Tensor.of(new float[] {1, -2, 3}, 1, 3);

  @TempDir private Path folder;
  private Path saved;
  private Tensor expected;

  @BeforeEach
  void save() {
    saved = folder.resolve("model.keras");
    try (Model model = Sequential.of(input(3), dense(4), dense(2).named("head"))) {
      model.save(saved);
      expected = model.predict(X);
    }
  }

  @Test
  void convertedToOnnx() {
    Path onnx = folder.resolve("model.onnx");
    Console console = Console.run("convert", "--opset", "15", saved, onnx);
    assertEquals(0, console.status(), console::toString);
    assertEquals(onnx + ": opset 15", console.last());
    try (Session session = Session.open(onnx)) {
      assertEquals(expected, session.run(Map.of("input_layer", X)).get("head"));
    }
  }

  /** What a file is called does not count, only what is in it. */
  @Test
  void convertedToHdf5AndBack() throws Exception {
    Path hdf5 = folder.resolve("model.h5");
    Console console = Console.run("convert", saved, hdf5);
    assertEquals(hdf5 + ": 26 parameters", console.last());
    Path other = Files.move(hdf5, folder.resolve("any.name"));
    Path back = folder.resolve("back.keras");
    assertEquals(0, Console.run("convert", other, back).status());
    try (Model model = Keras.load(back)) {
      assertEquals(expected, model.predict(X));
    }
  }

  @Test
  void layersInFrontOfTheGraphAreNamed() {
    Path texts = folder.resolve("texts.keras");
    try (Model model =
        Sequential.of(input(1).as(ElementType.STRING), Hashing.hashing(5).named("buckets"))) {
      model.save(texts);
    }
    Console console = Console.run("convert", texts, folder.resolve("texts.onnx"));
    assertTrue(console.last().startsWith("note: Hashing buckets runs in Java"), console::toString);
  }

  @Test
  void refused() {
    Path onnx = folder.resolve("model.onnx");
    Console.run("convert", saved, onnx);
    assertRefused(2, "CLI-006", "convert", onnx, folder.resolve("again.keras"));
    assertRefused(2, "CLI-004", "convert", "--weights", saved, onnx, folder.resolve("b.onnx"));
    assertRefused(2, "CLI-004", "convert", "--opset", "15", saved, folder.resolve("a.keras"));
    assertFalse(Files.exists(folder.resolve("again.keras")));
  }

  private static void assertRefused(int status, String code, Object... arguments) {
    Console console = Console.run(arguments);
    assertEquals(status, console.status(), console::toString);
    assertTrue(console.toString().contains("[" + code + "]"), console::toString);
  }

  @Test
  void inspected() {
    Console console = Console.run("inspect", "--nodes", saved);
    String out = String.join("\n", console.out());
    assertTrue(out.contains("keras       3.15.1"), out);
    assertTrue(out.contains("input       input_layer: float32[N,3]"), out);
    assertTrue(out.contains("output      head: float32[N,2]"), out);
    assertTrue(out.contains("parameters  26 in 4 tensors, 26 of them trainable"), out);
    assertTrue(out.contains("2  Dense"), out);
    assertTrue(out.contains("│ head (Dense)"), out);
  }
}
