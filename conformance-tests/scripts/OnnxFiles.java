import dev.sardonyx.ir.Graph;
import dev.sardonyx.onnx.OnnxFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Sardonyx's side of bench_onnx_files.py: for every line "in TAB out" it answers nanoseconds. */
final class OnnxFiles {
  private OnnxFiles() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] paths = line.split("\t");
      long start = System.nanoTime();
      Graph graph = OnnxFile.read(Path.of(paths[0]));
      OnnxFile.write(graph, Path.of(paths[1]));
      System.out.println(System.nanoTime() - start);
    }
  }
}
