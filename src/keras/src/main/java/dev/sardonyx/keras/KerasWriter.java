package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files that Keras loads. The same content gives the same bytes, and a file is written
 * whole or not at all.
 *
 * <p>An architecture is made of maps, lists, strings, numbers, booleans and null; see {@link
 * KerasFile#architecture}. What a file cannot hold, and what cannot be written, is refused
 * (KERAS-030, KERAS-031).
 */
public final class KerasWriter {
  private static final String BACKEND = "tensorflow";

  private KerasWriter() {}

  /**
   * A {@code .keras} archive of Keras 3.
   *
   * @param metadata of {@code metadata.json}: {@code keras_version}, {@code date_saved}
   * @param assets by the names of their members, which begin with {@code assets/}
   */
  public static void writeArchive(
      Path file,
      Map<String, ? extends @Nullable Object> architecture,
      Map<String, ? extends @Nullable Object> metadata,
      WeightTree weights,
      Map<String, byte[]> assets) {
    ZipWriter zip = new ZipWriter();
    List<ByteBuffer> parts =
        held(
            file,
            () -> {
              zip.add(ZipNames.METADATA, json(metadata));
              zip.add(ZipNames.CONFIG, json(architecture));
              zip.add(ZipNames.WEIGHTS, Hdf5Writer.parts(tree(weights)));
              new TreeMap<>(assets)
                  .forEach((name, bytes) -> zip.add(asset(name), List.of(ByteBuffer.wrap(bytes))));
              return zip.finish();
            });
    WholeFile.write(file, parts);
  }

  /** A whole model in HDF5 ({@code .h5}). */
  public static void writeHdf5(
      Path file,
      Map<String, ? extends @Nullable Object> architecture,
      String kerasVersion,
      @Nullable Map<String, ? extends @Nullable Object> trainingConfig,
      NamedTensors weights) {
    List<ByteBuffer> parts =
        held(
            file,
            () -> {
              OutGroup root = new OutGroup();
              root.text("backend", BACKEND);
              root.text("keras_version", kerasVersion);
              root.text("model_config", JsonWriter.text(architecture));
              if (trainingConfig != null) {
                root.text("training_config", JsonWriter.text(trainingConfig));
              }
              named(root.group("model_weights"), kerasVersion, weights);
              return Hdf5Writer.parts(root);
            });
    WholeFile.write(file, parts);
  }

  /** A {@code .weights.h5} file of Keras 3. */
  public static void writeWeights(Path file, WeightTree weights) {
    WholeFile.write(file, held(file, () -> Hdf5Writer.parts(tree(weights))));
  }

  /** {@code to_json()}. */
  public static void writeJson(Path file, Map<String, ? extends @Nullable Object> architecture) {
    WholeFile.write(file, held(file, () -> json(architecture)));
  }

  private static List<ByteBuffer> json(Map<String, ? extends @Nullable Object> object) {
    byte[] text = JsonWriter.text(object).getBytes(StandardCharsets.US_ASCII);
    return List.of(ByteBuffer.wrap(text));
  }

  private static String asset(String name) {
    ZipNames.require(name, new Source(name));
    if (!name.startsWith(ZipNames.ASSETS)) {
      throw new IllegalArgumentException("an asset lies in assets/, not at " + name);
    }
    return name;
  }

  private static OutGroup tree(WeightTree weights) {
    OutGroup root = new OutGroup();
    weights
        .owners()
        .forEach(
            (path, owner) -> {
              OutGroup vars = root.group(path.isEmpty() ? "vars" : path + "/vars");
              if (owner.name() != null) {
                vars.text("name", owner.name());
              }
              List<Tensor> tensors = owner.vars();
              for (int i = 0; i < tensors.size(); i++) {
                vars.array(String.valueOf(i), tensors.get(i));
              }
              owner.named().forEach(vars::array);
            });
    return root;
  }

  private static void named(OutGroup group, String kerasVersion, NamedTensors weights) {
    group.texts("layer_names", weights.names());
    group.text("backend", BACKEND);
    group.text("keras_version", kerasVersion);
    weights.layers().forEach((layer, tensors) -> layer(group.group(layer), tensors));
    layer(group.group("top_level_model_weights"), weights.topLevel());
  }

  private static void layer(OutGroup group, Map<String, Tensor> tensors) {
    group.texts("weight_names", List.copyOf(tensors.keySet()));
    tensors.forEach(group::array);
  }

  /** Runs what makes a file's bytes, and refuses what the format has no place for. */
  private static List<ByteBuffer> held(Path file, Supplier<List<ByteBuffer>> parts) {
    try {
      return parts.get();
    } catch (IllegalArgumentException | ClassCastException e) {
      throw new Diagnostic(
              "KERAS-031",
              "the model does not fit into a file of Keras",
              Location.current(),
              "file: %s   %s".formatted(file, e.getMessage()),
              "rename what is named, or export to ONNX")
          .exception(e);
    }
  }
}
