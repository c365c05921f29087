package dev.sardonyx.keras;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the members of a {@code .keras} archive that lie unpacked in a folder. */
final class FolderReader {
  private static final int MOST_ASSETS = 10_000;
  private static final int DEEPEST = 50;

  private final Opened opened;
  private final Limits limits;

  FolderReader(Opened opened, Limits limits) {
    this.opened = opened;
    this.limits = limits;
  }

  KerasFile.Content read(Path folder, Source source) {
    Beside beside = new Beside(folder, ZipNames.CONFIG);
    if (!Files.exists(folder.resolve(ZipNames.CONFIG))) {
      throw KerasReader.noModelFolder(folder, source);
    }
    if (!Files.exists(folder.resolve(ZipNames.WEIGHTS))) {
      throw source.refuse(
          "KERAS-006",
          "",
          "the folder has no " + ZipNames.WEIGHTS,
          "it has config.json",
          "save the whole model by model.save(\"x.keras\")");
    }
    Map<String, @Nullable Object> architecture = json(beside, ZipNames.CONFIG, source);
    String version = null;
    if (Files.exists(folder.resolve(ZipNames.METADATA))) {
      Object noted = json(beside, ZipNames.METADATA, source).get("keras_version");
      version = noted instanceof String text ? text : null;
    }
    Source weights = new Source(source.name() + "/" + ZipNames.WEIGHTS);
    ByteSource bytes = opened.open(beside.resolve(ZipNames.WEIGHTS, source), weights);
    return Architectures.content(
        source,
        Format.FOLDER,
        architecture,
        version,
        new Hdf5Reader(limits).tree(bytes, weights),
        assets(folder, beside, source));
  }

  private Map<String, @Nullable Object> json(Beside beside, String name, Source source) {
    ByteSource bytes = opened.open(beside.resolve(name, source), source);
    return Architectures.json(bytes, source, name, limits);
  }

  private Assets assets(Path folder, Beside beside, Source source) {
    Map<String, Path> files = new TreeMap<>();
    Path assets = folder.resolve("assets");
    if (Files.isDirectory(assets)) {
      try (Stream<Path> found = Files.walk(assets, DEEPEST)) {
        found
            .filter(Files::isRegularFile)
            .limit(MOST_ASSETS)
            .forEach(
                file -> {
                  String name = folder.relativize(file).toString().replace('\\', '/');
                  files.put(name, beside.resolve(name, source));
                });
        long size = 0;
        for (Path file : files.values()) {
          size += Files.size(file);
        }
        ArchiveReader.requireSize(size, source, limits);
      } catch (IOException e) {
        throw source.unreadable(e);
      } catch (UncheckedIOException e) {
        throw source.unreadable(e.getCause());
      }
    }
    return new Assets(files.keySet(), name -> bytes(files.get(name), source));
  }

  private byte[] bytes(@Nullable Path file, Source source) {
    try (var in = Files.newInputStream(java.util.Objects.requireNonNull(file))) {
      int most = (int) Math.min(limits.assetBytes(), Integer.MAX_VALUE - 8);
      byte[] bytes = in.readNBytes(most);
      ArchiveReader.requireSize(bytes.length + (long) in.readNBytes(1).length, source, limits);
      return bytes;
    } catch (IOException e) {
      throw source.unreadable(e);
    }
  }
}
