package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.compiler.Checkpointing;
import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.compiler.Pipeline;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.testkit.Evaluate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that are computed again are not kept: the process really is smaller. It needs Linux. */
@Tag("long")
class CheckpointingMemoryTest {
  private static final int LAYERS = 64;
  private static final String BATCH = "8192";

  @TempDir Path folder;

  /** 64 layers, each of a product, a sum and a tanh of 2 MiB. */
  private static Graph network() {
    List<Value> inputs = new ArrayList<>();
    Value h = Value.input("x", TensorType.parse("float32[" + BATCH + ",64]"));
    inputs.add(h);
    for (int i = 0; i < LAYERS; i++) {
      inputs.add(Value.input("w" + i, TensorType.parse("float32[64,64]")));
      inputs.add(Value.input("b" + i, TensorType.parse("float32[64]")));
      h = h.matMul(inputs.get(2 * i + 1)).add(inputs.get(2 * i + 2)).tanh();
    }
    return Graph.of("network", inputs, Map.of("loss", h.square().mean()));
  }

  private long peak(Checkpointing choice) throws IOException, InterruptedException {
    Graph network = network();
    Graph gradients =
        Gradients.of(network)
            .with(Map.of("loss", network.output("loss").onesLike()))
            .forward(true)
            .checkpointing(choice)
            .graph();
    Path file = folder.resolve("gradients.onnx");
    OnnxFile.write(Pipeline.training(g -> Evaluate.run(g, List.of())).run(gradients), file);
    return PeakMemory.of(file);
  }

  @Test
  void takesLessMemory() throws IOException, InterruptedException {
    long all = peak(Checkpointing.none());
    long automatic = peak(Checkpointing.automatic());
    long eight = peak(Checkpointing.segments(8));
    System.out.println("everything kept: %s MiB".formatted(all >> 20));
    System.out.println("automatic: %s MiB".formatted(automatic >> 20));
    System.out.println("8 segments: %s MiB".formatted(eight >> 20));
    assertTrue(automatic * 2 < all);
  }
}
