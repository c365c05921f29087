package dev.sardonyx.keras;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what Keras stores in HDF5: whole models, and weights in either layout. */
final class Hdf5Reader {
  private final Limits limits;

  /** Weights, and the version noted beside them. */
  record Found(Weights weights, String kerasVersion) {}

  Hdf5Reader(Limits limits) {
    this.limits = limits;
  }

  /** A whole model, as {@code model.save("x.h5")} writes it. */
  KerasFile.Content model(ByteSource bytes, Source source) {
    Hdf5File file = Hdf5File.open(bytes, source, limits);
    Hdf5Node.Group root = file.root();
    Map<String, @Nullable Object> architecture = json(file, "model_config");
    if (architecture == null) {
      if (Layouts.isNamed(root) || Layouts.isTree(root)) {
        throw Architectures.withoutArchitecture(source);
      }
      throw source.refuse(
          "KERAS-001",
          "",
          "this HDF5 file was not written by Keras",
          "at its root: %s, attributes %s"
              .formatted(root.children().keySet(), root.attributes().keySet()),
          "save the model by model.save(\"x.keras\") or model.save(\"x.h5\")");
    }
    Hdf5Node.Group group = root.group("model_weights");
    if (group == null) {
      throw source.refuse(
          "KERAS-006",
          "",
          "the file has no group model_weights",
          "at its root: " + root.children().keySet(),
          "save the whole model by model.save(\"x.h5\")");
    }
    KerasFile.Content content =
        Architectures.content(
            source,
            Format.HDF5,
            architecture,
            version(file, group),
            Layouts.named(file, group),
            Assets.NONE);
    return withTraining(content, json(file, "training_config"));
  }

  private static KerasFile.Content withTraining(
      KerasFile.Content content, @Nullable Map<String, @Nullable Object> training) {
    return new KerasFile.Content(
        content.name(),
        content.format(),
        content.architecture(),
        content.kerasVersion(),
        Architectures.object(training),
        content.weights(),
        content.assets());
  }

  private @Nullable Map<String, @Nullable Object> json(Hdf5File file, String attribute) {
    String text = Hdf5Names.text(file, file.root(), attribute);
    return text == null || text.equals("null")
        ? null
        : new JsonText(file.source(), attribute, limits).object(text);
  }

  private static @Nullable String version(Hdf5File file, Hdf5Node.Group group) {
    String version = Hdf5Names.text(file, file.root(), "keras_version");
    return version != null ? version : Hdf5Names.text(file, group, "keras_version");
  }

  /** The weights of a {@code .keras} archive. */
  Weights tree(ByteSource bytes, Source source) {
    return Layouts.tree(Hdf5File.open(bytes, source, limits));
  }

  /** Weights alone, in whichever layout; those of a whole model too. */
  Found weights(ByteSource bytes, Source source) {
    Hdf5File file = Hdf5File.open(bytes, source, limits);
    Hdf5Node.Group root = file.root();
    Hdf5Node.Group inner = root.group("model_weights");
    Hdf5Node.Group group = inner != null ? inner : root;
    if (Layouts.isNamed(group)) {
      String version = version(file, group);
      return new Found(
          Layouts.named(file, group), version == null ? KerasFile.UNKNOWN_VERSION : version);
    }
    if (!Layouts.isTree(root)) {
      throw source.refuse(
          "KERAS-001",
          "",
          "this HDF5 file holds no weights of Keras",
          "at its root: " + root.children().keySet(),
          "give what model.save_weights(\"x.weights.h5\") writes");
    }
    return new Found(Layouts.tree(file), KerasFile.UNKNOWN_VERSION);
  }
}
