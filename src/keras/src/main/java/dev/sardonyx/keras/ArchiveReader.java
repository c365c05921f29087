package dev.sardonyx.keras;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code .keras} archives of Keras 3. */
final class ArchiveReader {
  private final Limits limits;

  ArchiveReader(Limits limits) {
    this.limits = limits;
  }

  KerasFile.Content read(ByteSource bytes, Source source) {
    ZipArchive archive = ZipArchive.open(bytes, source, limits);
    require(archive, ZipNames.CONFIG, source, "");
    require(
        archive,
        ZipNames.WEIGHTS,
        source,
        archive.has(ZipNames.NPZ) ? "; weights as model.weights.npz cannot be read" : "");
    Map<String, @Nullable Object> architecture = json(archive, ZipNames.CONFIG, source);
    String version = null;
    if (archive.has(ZipNames.METADATA)) {
      Object noted = json(archive, ZipNames.METADATA, source).get("keras_version");
      version = noted instanceof String text ? text : null;
    }
    Hdf5Reader reader = new Hdf5Reader(limits);
    Weights weights = reader.tree(archive.open(ZipNames.WEIGHTS), source);
    return Architectures.content(
        source, Format.ARCHIVE, architecture, version, weights, assets(archive, source));
  }

  private Map<String, @Nullable Object> json(ZipArchive archive, String name, Source source) {
    byte[] text = archive.read(name, limits.jsonBytes());
    return Architectures.json(ByteSource.of(ByteBuffer.wrap(text)), source, name, limits);
  }

  private Assets assets(ZipArchive archive, Source source) {
    Set<String> names =
        archive.names().stream()
            .filter(name -> name.startsWith(ZipNames.ASSETS) && !name.endsWith("/"))
            .collect(Collectors.toSet());
    requireSize(names.stream().mapToLong(archive::size).sum(), source, limits);
    return new Assets(names, name -> archive.read(name, limits.assetBytes()));
  }

  static void requireSize(long size, Source source, Limits limits) {
    if (size > limits.assetBytes()) {
      throw source.refuse(
          "KERAS-004",
          "assets",
          "the assets are too large",
          "%s bytes, the limit is %s".formatted(size, limits.assetBytes()),
          "if you trust the file, open it with a higher limit");
    }
  }

  private static void require(ZipArchive archive, String name, Source source, String more) {
    if (!archive.has(name)) {
      throw source.refuse(
          "KERAS-006",
          "",
          "the archive has no " + name,
          "it has: " + archive.names() + more,
          "save the whole model by model.save(\"x.keras\")");
    }
  }
}
