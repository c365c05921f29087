import com.sun.management.OperatingSystemMXBean;
import dev.sardonyx.keras.Keras;
import dev.sardonyx.nn.Model;
import dev.sardonyx.testkit.Npy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Sardonyx's side of make_keras_applications.py. For "load TAB folder" it answers nanoseconds, on
 * the clock and of the processor, and the number of parameters; for "predict TAB folder" the numbers
 * that the model makes of the folder's input.
 */
final class KerasModels {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private KerasModels() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split("\t");
      Path folder = Path.of(words[1]);
      System.out.println(words[0].equals("load") ? load(folder) : predict(folder));
    }
  }

  private static String load(Path folder) {
    long start = System.nanoTime();
    long busy = SYSTEM.getProcessCpuTime();
    try (Model model = Keras.load(folder.resolve("model.keras"))) {
      long spent = SYSTEM.getProcessCpuTime() - busy;
      long wall = System.nanoTime() - start;
      return wall + " " + spent + " " + model.countParams();
    }
  }

  private static String predict(Path folder) {
    try (Model model = Keras.load(folder.resolve("model.keras"))) {
      float[] numbers = model.predict(Npy.read(folder.resolve("input_0.npy"))).toFloatArray();
      StringBuilder text = new StringBuilder();
      for (float number : numbers) {
        text.append(number).append(' ');
      }
      return text.toString();
    }
  }
}
