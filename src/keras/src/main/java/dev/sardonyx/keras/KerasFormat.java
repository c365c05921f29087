package dev.sardonyx.keras;

import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.ModelFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** Lets {@code model.save("x.keras")} and {@code Model.load} know Keras's files. */
public final class KerasFormat implements ModelFormat {
  /** For the service loader. */
  public KerasFormat() {}

  @Override
  public boolean writes(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".keras") || name.endsWith(".h5");
  }

  @Override
  public void write(Model model, Path file) {
    Keras.save(model, file);
  }

  /** HDF5, or an archive with {@code metadata.json}, which our own format does not have. */
  @Override
  public boolean reads(Path file) {
    if (Files.isDirectory(file)) {
      return true;
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getEntry("metadata.json") != null;
    } catch (IOException e) {
      return isHdf5(file);
    }
  }

  private static boolean isHdf5(Path file) {
    try (var in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(4);
      return start.length == 4 && start[1] == 'H' && start[2] == 'D' && start[3] == 'F';
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Model read(Path file) {
    return Keras.load(file);
  }
}
