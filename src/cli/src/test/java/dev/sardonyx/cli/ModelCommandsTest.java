package dev.sardonyx.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.ModelSummary;
import dev.sardonyx.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** inspect, check, convert and diff. */
class ModelCommandsTest {
  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void write() {
    model = folder.resolve("net.onnx");
    OnnxFile.write(net(3, 0.5f), model, Export.atOpset(18).withProducer("tests", "1"));
  }

  /** relu(x · w + b), where w is a {@code width} times 400 matrix. */
  private static Graph net(int width, float bias) {
    Value x = Value.input("x", TensorType.parse("float32[N," + width + "]"));
    float[] ones = new float[width * 400];
    java.util.Arrays.fill(ones, 1);
    Value w = Value.parameter("w", Tensor.of(ones, width, 400));
    Value b = Value.parameter("b", Tensor.of(new float[] {bias}));
    return Graph.of("net", List.of(x), List.of(x.matMul(w).add(b).relu()), List.of("y"));
  }

  @Test
  void inspecting() throws IOException {
    Console console = Console.run("inspect", model, "--nodes");
    assertEquals(0, console.status(), console.err());
    String size = Sizes.bytes(Files.size(model));
    assertEquals(
        List.of(
            model + "  " + size,
            "  graph       net",
            "  producer    tests 1",
            "  format      IR version 8",
            "  opsets      ai.onnx 18",
            "  input       x: float32[N,3]",
            "  output      y: float32[N,400]",
            "  parameters  1,201 in 2 tensors, 4.7 KiB",
            "  operators   3 of 3 kinds",
            "         1  Add",
            "         1  MatMul",
            "         1  Relu"),
        console.out().subList(0, 12));
    assertEquals(
        List.of(
            "MatMul[] -> [float32[N,400]]",
            "Add[] -> [float32[N,400]]",
            "Relu[] -> [float32[N,400]]"),
        console.out().subList(12, console.out().size()));
  }

  @Test
  void sizes() {
    assertEquals("0 bytes", Sizes.bytes(0));
    assertEquals("1023 bytes", Sizes.bytes(1023));
    assertEquals("1.5 KiB", Sizes.bytes(1536));
    assertEquals("2.0 GiB", Sizes.bytes(2L << 30));
    assertEquals("8.0 EiB", Sizes.bytes(Long.MAX_VALUE));
    assertEquals("25,557,032", Sizes.count(25_557_032));
  }

  @Test
  void checking() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.onnx"), "PK...");
    assertEquals(List.of(model + ": ok"), Console.run("check", model).out());
    Console console = Console.run("check", bad, model);
    assertEquals(1, console.status());
    assertTrue(console.out().get(0).startsWith("[ONNX-002] "), console::toString);
    assertEquals(List.of(bad + ": 1 problem", model + ": ok"), console.out().subList(4, 6));
  }

  @Test
  void convertingToAnOpset() {
    Path out = folder.resolve("out/net.onnx");
    Console console = Console.run("convert", model, out, "--opset", 13);
    assertEquals(List.of(out + ": opset 13"), console.out(), console::err);
    assertEquals(Map.of("ai.onnx", 13L), ModelSummary.read(out).opsets());
    assertEquals(0, Console.run("diff", model, out).status());
    Path same = folder.resolve("same.onnx");
    assertEquals(0, Console.run("convert", model, same).status());
    assertEquals(Map.of("ai.onnx", 18L), ModelSummary.read(same).opsets());
  }

  @Test
  void operatorsAreNoLayersOfKeras() {
    Console console = Console.run("convert", model, folder.resolve("net.keras"));
    assertEquals(2, console.status());
    assertTrue(console.err().startsWith("[CLI-006] a file of Keras holds layers"), console.err());
  }

  @Test
  void convertingForATarget() {
    Path out = folder.resolve("out.onnx");
    assertEquals(
        List.of(out + ": opset 18"),
        Console.run("convert", model, out, "--target", "onnxruntime-1.29-cpu").out());
    assertEquals(0, Console.run("diff", model, out).status());
  }

  @Test
  void convertingWithExternalData() throws IOException {
    Path out = folder.resolve("out.onnx");
    Console console = Console.run("convert", model, out, "--external-data");
    assertEquals(0, console.status(), console.err());
    assertEquals(4 * 1200, Files.size(folder.resolve("out.onnx.data")));
    assertTrue(Files.size(out) < 1200);
    assertEquals(List.of("the models are the same"), Console.run("diff", model, out).out());
  }

  @Test
  void conversionsTakeNobodysPlace() throws IOException {
    byte[] before = Files.readAllBytes(model);
    Path other = Files.writeString(folder.resolve("other.onnx"), "mine");
    Path link = Files.createSymbolicLink(folder.resolve("link.onnx"), model);
    assertRefused("CLI-005", "convert", model, model);
    assertRefused("CLI-005", "convert", model, link, "--force");
    assertRefused("CLI-005", "convert", model, other);
    assertRefused("CLI-005", "convert", model, folder, "--force");
    assertArrayEquals(before, Files.readAllBytes(model));
    assertEquals("mine", Files.readString(other));
    assertEquals(0, Console.run("convert", model, other, "--force").status());
    assertEquals(0, Console.run("diff", model, other).status());
  }

  @Test
  void conversionsThatFailLeaveNothing() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.onnx"), "PK...");
    Path out = folder.resolve("out.onnx");
    assertEquals(1, Console.run("convert", bad, out).status());
    assertFalse(Files.exists(out));
    assertRefused("CLI-004", "convert", model, out, "--opset", 12);
    assertRefused("CLI-004", "convert", model, out, "--opset", 29);
    assertRefused("CLI-004", "convert", model, out, "--target", "abacus");
    assertRefused(
        "CLI-004", "convert", model, out, "--target", "onnxruntime-1.29-cpu", "--opset", 18);
    assertFalse(Files.exists(out));
  }

  private static void assertRefused(String code, Object... arguments) {
    Console console = Console.run(arguments);
    assertEquals(2, console.status(), console::toString);
    assertTrue(console.err().startsWith("[" + code + "] "), console::toString);
  }

  @Test
  void modelsThatDiffer() {
    Path other = folder.resolve("other.onnx");
    OnnxFile.write(net(3, 0.75f), other);
    Console console = Console.run("diff", model, other);
    assertEquals(1, console.status());
    assertEquals("parameter b: 1 of 1 values differ, by at most 0.250", console.out().get(0));
    assertTrue(console.last().startsWith("first difference: node 1: "), console.last());
    OnnxFile.write(net(4, 0.5f), other);
    assertEquals(
        List.of(
            "input x: float32[N,3] against float32[N,4]",
            "parameter w: float32[3,400] against float32[4,400]",
            "first difference: input 0: x: float32[N,3] against x: float32[N,4]"),
        Console.run("diff", model, other).out());
    OnnxFile.write(CaseFiles.doubling(), other);
    assertTrue(
        Console.run("diff", model, other)
            .out()
            .containsAll(List.of("operator Relu: 1 against none", "operator Mul: none against 1")));
  }
}
