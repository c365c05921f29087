package dev.sardonyx.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.RandomGraphs;
import dev.sardonyx.ir.text.GraphText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The same graph gives the same bytes and text in every JVM. */
class DeterminismTest {
  private static String digest() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (long seed = 0; seed < 50; seed++) {
      Graph graph = RandomGraphs.of(seed);
      digest.update(OnnxFile.bytes(graph, Export.atOpset(21).withIntermediateTypes(true)));
      digest.update(GraphText.print(graph).getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** What the other JVM runs. */
  static final class Print {
    private Print() {}

    public static void main(String[] args) throws Exception {
      System.out.print(digest());
    }
  }

  @Test
  void anotherJvmWithAnotherLocaleTimeZoneAndHashes() throws Exception {
    List<String> odd =
        List.of(
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Duser.timezone=Asia/Kathmandu",
            "-Dfile.encoding=UTF-16",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:hashCode=2");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        Stream.of(
                Stream.of(java),
                odd.stream(),
                Stream.of("-cp", System.getProperty("java.class.path"), Print.class.getName()))
            .flatMap(s -> s)
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] output = process.getInputStream().readAllBytes();
    assertEquals(0, process.waitFor(), () -> new String(output, StandardCharsets.UTF_8));
    String printed = new String(output, StandardCharsets.UTF_8).replaceAll("[^0-9a-f]", "");
    assertEquals(digest(), printed);
  }
}
