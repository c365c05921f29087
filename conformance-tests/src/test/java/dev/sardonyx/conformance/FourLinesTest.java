package dev.sardonyx.conformance;

import static dev.sardonyx.nn.layers.Conv2D.conv2d;
import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Input.input;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.Sequential;
import dev.sardonyx.nn.data.Table;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.runtime.Session;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The common mistakes of users, and that each is told in four lines with the user's own line. */
class FourLinesTest {
  private static String refused(Executable mistake) {
    String message = assertThrows(DiagnosticException.class, mistake).getMessage();
    List<String> lines = message.lines().toList();
    assertEquals(4, lines.size(), message);
    assertTrue(lines.get(0).matches("\\[[A-Z]+-\\d{3}] .+"), message);
    assertTrue(lines.get(1).matches("  at FourLinesTest\\.java:\\d+"), message);
    assertTrue(lines.get(2).startsWith("  "), message);
    assertTrue(lines.get(3).startsWith("  help: "), message);
    return message;
  }

  @Test
  void aDenseLayerFedTheWrongWidth() {
    Layer shared = dense(3);
    shared.apply(input(4));
    String message = refused(() -> shared.apply(input(5)));
    assertTrue(message.contains("4") && message.contains("5"), message);
  }

  @Test
  void aConvolutionWithTheWrongNumberOfChannels() {
    Layer shared = conv2d(6, 5);
    shared.apply(input(28, 28, 3));
    String message = refused(() -> shared.apply(input(28, 28, 1)));
    assertTrue(message.contains("3") && message.contains("1"), message);
  }

  @Test
  void aConvOperatorWithTheWrongNumberOfChannels() {
    Value image = Value.input("image", TensorType.parse("float32[N,1,28,28]"));
    Value kernel = Value.input("kernel", TensorType.parse("float32[6,3,5,5]"));
    Convolution.Conv conv =
        new Convolution.Conv(AutoPad.NOTSET, List.of(), 1, List.of(), List.of(), List.of());
    String message = refused(() -> Value.of(conv, image, kernel));
    assertTrue(message.contains("Conv needs 3 input channels, got 1"), message);
  }

  @Test
  void aMissingLabelColumn() {
    Table table = Table.read(new StringReader("a,b,speces\n1,2,x\n"), "flowers.csv", ',');
    String message = refused(() -> table.categories("species"));
    assertTrue(message.contains("flowers.csv") && message.contains("speces"), message);
  }

  @Test
  void anUnreadableModel(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("model.onnx"), "<html>404</html>");
    assertTrue(refused(() -> OnnxFile.read(file)).startsWith("[ONNX-002]"));
    assertTrue(refused(() -> Session.open(file)).startsWith("[RT-002]"));
    Path none = folder.resolve("none.onnx");
    assertTrue(refused(() -> OnnxFile.read(none)).startsWith("[ONNX-001]"));
    assertTrue(refused(() -> Session.open(none)).startsWith("[RT-001]"));
  }

  @Test
  void layersThatDoNotFitAreToldWhereTheyWereMade() {
    String message = refused(() -> Sequential.of(input(28, 28, 1), dense(4), conv2d(1, 40)));
    assertTrue(message.contains("40"), message);
  }
}
