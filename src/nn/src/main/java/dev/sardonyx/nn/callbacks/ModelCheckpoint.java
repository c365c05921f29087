package dev.sardonyx.nn.callbacks;

import dev.sardonyx.nn.Callback;
import dev.sardonyx.nn.Training;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Saves the model after epochs: after every one, or only after those that improve a quantity. In
 * the file's name {@code {epoch}} stands for the epoch, counted from 1 in two digits, and {@code
 * {val_loss}} and its like for logged values.
 */
public final class ModelCheckpoint implements Callback {
  private final Path file;
  private String monitor = "val_loss";
  private @Nullable Boolean larger;
  private boolean saveBestOnly;
  private boolean saveWeightsOnly;
  private @Nullable Monitor watched;

  private ModelCheckpoint(Path file) {
    this.file = file;
  }

  public static ModelCheckpoint modelCheckpoint(Path file) {
    return new ModelCheckpoint(file);
  }

  /** What to watch with {@link #saveBestOnly}. */
  public ModelCheckpoint monitor(String quantity) {
    monitor = quantity;
    return this;
  }

  /** Whether the quantity should grow; by default its name decides. */
  public ModelCheckpoint largerIsBetter(boolean grow) {
    larger = grow;
    return this;
  }

  private boolean grows() {
    return larger != null ? larger : Monitor.growsByName(monitor);
  }

  public ModelCheckpoint saveBestOnly(boolean bestOnly) {
    saveBestOnly = bestOnly;
    return this;
  }

  public ModelCheckpoint saveWeightsOnly(boolean weightsOnly) {
    saveWeightsOnly = weightsOnly;
    return this;
  }

  @Override
  public void onTrainBegin(Training training) {
    watched = new Monitor(monitor, grows(), 0);
  }

  @Override
  public void onEpochEnd(Training training, int epoch, Map<String, Double> logs) {
    if (saveBestOnly && watched != null && !watched.improves(logs)) {
      return;
    }
    Path target = named(epoch, logs);
    if (saveWeightsOnly) {
      training.model().saveWeights(target);
    } else {
      training.model().save(target);
    }
  }

  private Path named(int epoch, Map<String, Double> logs) {
    String name = file.toString().replace("{epoch}", String.format(Locale.ROOT, "%02d", epoch + 1));
    for (Map.Entry<String, Double> log : logs.entrySet()) {
      String value = String.format(Locale.ROOT, "%.4f", log.getValue());
      name = name.replace("{" + log.getKey() + "}", value);
    }
    return file.getFileSystem().getPath(name);
  }
}
