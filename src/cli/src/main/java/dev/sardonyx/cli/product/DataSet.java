package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.ir.type.Type;
import dev.sardonyx.onnx.DataFile;
import dev.sardonyx.onnx.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder of numbered {@code .pb} files, such as {@code test_data_set_0}. */
record DataSet(Path folder) {
  /** The sets of a case whose names start so, in order. */
  static List<DataSet> of(Path folder, String start) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith(start))
          .filter(Files::isDirectory)
          .sorted()
          .map(DataSet::new)
          .toList();
    }
  }

  String name() {
    return folder.getFileName().toString();
  }

  /** The files {@code kind_0.pb}, {@code kind_1.pb}, …, one for each type. */
  List<DataFile> read(String kind, List<Type> types) {
    List<Path> files = files(kind);
    if (files.size() != types.size()) {
      throw new Mismatch(
          "%s has %s files %s_*.pb, the model has %s"
              .formatted(name(), files.size(), kind, types.size()));
    }
    List<DataFile> data = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      data.add(DataFile.read(files.get(i), types.get(i)));
    }
    return data;
  }

  /** The files of a kind, all of them tensors. */
  List<TensorFile> tensors(String kind) {
    return files(kind).stream().map(TensorFile::read).toList();
  }

  private List<Path> files(String kind) {
    List<Path> files = new ArrayList<>();
    for (int i = 0; ; i++) {
      Path file = folder.resolve(kind + "_" + i + ".pb");
      if (!Files.exists(file)) {
        return files;
      }
      files.add(file);
    }
  }
}
