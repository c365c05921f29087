package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.compiler.Pipeline;
import dev.sardonyx.ir.Elementwise;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.ExternalStorage;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.runtime.Session;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model of 2.5 GB within a heap of 1 GB: written, read, inferred, rewritten and run. It needs 8
 * GB of disk and as much memory outside of the heap as ONNX Runtime takes.
 */
@Tag("long")
class LargeModelTest {
  private static final int WIDTH = 8192;
  private static final int LAYERS = 10;
  private static final long LAYER_BYTES = 4L * WIDTH * WIDTH;

  @TempDir Path folder;

  @Test
  void goesThroughInLittleMemory() throws IOException {
    long heap = Runtime.getRuntime().maxMemory();
    assertTrue(heap <= 1L << 30, "the profile gives 1 GiB of heap, here are " + heap);
    Export export = Export.DEFAULT.withExternalData(ExternalStorage.DEFAULT);
    Path first = folder.resolve("first/model.onnx");
    OnnxFile.write(chain(), first, export);
    assertTrue(bytes(first.getParent()) > 2_500_000_000L);

    Graph read = OnnxFile.read(first);
    TensorType type = read.output("y").tensorType();
    assertEquals(Shape.of(Dim.symbol("N"), Dim.of(WIDTH)), type.shape());

    Graph rewritten = Pipeline.training(graph -> List.of()).run(read);
    assertEquals(LAYERS, rewritten.parameters().size());
    assertEquals(read.nodes().size() - 1, rewritten.nodes().size(), "the Identity is gone");
    Path second = folder.resolve("second/model.onnx");
    OnnxFile.write(rewritten, second, export.withExternalData(ExternalStorage.sharded(1L << 30)));

    float[] x = new float[2 * WIDTH];
    x[0] = 1;
    x[WIDTH + 7] = -3;
    float[] expected = new float[2 * WIDTH];
    float scale = 1;
    for (int i = 0; i < LAYERS; i++) {
      scale *= factor(i);
    }
    expected[LAYERS] = scale;
    try (Session session = Session.open(second)) {
      float[] y = session.run(Map.of("x", Tensor.of(x, 2, WIDTH))).get("y").toFloatArray();
      for (int i = 0; i < y.length; i++) {
        assertEquals(expected[i], y[i], 1e-3, "element " + i);
      }
    }
  }

  private static float factor(int layer) {
    return 1 + layer / 8f;
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(f -> f.toFile().length()).sum();
    }
  }

  /** relu(x · W₀ · W₁ …), where each W shifts by one and scales. */
  private Graph chain() throws IOException {
    Path weights = folder.resolve("weights");
    Value x =
        Value.input("x", new TensorType(ElementType.FLOAT32, Shape.parse("[N," + WIDTH + "]")));
    Value y = x;
    try (FileChannel channel =
        FileChannel.open(
            weights,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.SPARSE)) {
      for (int i = 0; i < LAYERS; i++) {
        y = y.matMul(Value.parameter("w" + i, shift(channel, i)));
      }
    }
    Value identity = Value.of(new Elementwise.Identity(), y);
    return Graph.of("chain", List.of(x), Map.of("y", identity.relu()));
  }

  private static Tensor shift(FileChannel channel, int layer) throws IOException {
    MappedByteBuffer bytes = channel.map(MapMode.READ_WRITE, layer * LAYER_BYTES, LAYER_BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < WIDTH; i++) {
      bytes.putFloat(4 * (i * WIDTH + (i + 1) % WIDTH), factor(layer));
    }
    return Tensor.wrap(ElementType.FLOAT32, new long[] {WIDTH, WIDTH}, bytes);
  }
}
