import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.keras.Keras;
import dev.sardonyx.nn.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads every reference case of the Keras layout and saves it again, as model.keras and model.h5,
 * for check_keras_files.py:
 *
 * <pre>java -cp src/cli/target/sardonyx.jar conformance-tests/scripts/KerasFiles.java CASES OUT</pre>
 *
 * <p>Prints what is refused, with the reason, and the counts.
 */
final class KerasFiles {
  private static int saved;
  private static int refused;

  public static void main(String[] arguments) throws IOException {
    Path out = Path.of(arguments[1]);
    for (Path folder : folders(Path.of(arguments[0]))) {
      Path file = folder.resolve("model.keras");
      if (Files.exists(file) && !folder.getFileName().toString().startsWith("refused")) {
        save(file, Files.createDirectories(out.resolve(folder.getFileName())));
      }
    }
    System.out.println(saved + " files saved, " + refused + " refused");
  }

  private static List<Path> folders(Path cases) throws IOException {
    try (Stream<Path> entries = Files.list(cases)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static void save(Path file, Path folder) {
    try (Model model = Keras.load(file)) {
      for (String name : List.of("model.keras", "model.h5")) {
        try {
          model.save(folder.resolve(name));
          saved++;
        } catch (DiagnosticException e) {
          refused++;
          String first = e.getMessage().lines().findFirst().orElse("");
          System.out.println(folder.getFileName() + "/" + name + ": " + first);
        }
      }
    }
  }
}
