import com.sun.management.OperatingSystemMXBean;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.onnx.OnnxFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Sardonyx's side of bench_onnx_files.py: for every line "in TAB out" it answers nanoseconds, on
 * the clock and of the processor.
 */
final class OnnxFiles {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private OnnxFiles() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] paths = line.split("\t");
      long start = System.nanoTime();
      long busy = SYSTEM.getProcessCpuTime();
      Graph graph = OnnxFile.read(Path.of(paths[0]));
      OnnxFile.write(graph, Path.of(paths[1]));
      long spent = SYSTEM.getProcessCpuTime() - busy;
      System.out.println((System.nanoTime() - start) + "\t" + spent);
    }
  }
}
