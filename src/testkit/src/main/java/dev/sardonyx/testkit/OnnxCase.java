package dev.sardonyx.testkit;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.TensorFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A reference case in the standard's layout: {@code model.onnx}, {@code test_data_set_0} with
 * inputs and outputs in the graph's order, and {@code gradients_0} with a point, cotangents of
 * outputs and gradients of inputs and initializers, matched by the tensors' names.
 */
public record OnnxCase(Path folder) {
  public Path model() {
    return folder.resolve("model.onnx");
  }

  public List<Tensor> inputs() {
    return read("test_data_set_0", "input").stream().map(TensorFile::tensor).toList();
  }

  public List<Tensor> outputs() {
    return read("test_data_set_0", "output").stream().map(TensorFile::tensor).toList();
  }

  public boolean hasGradients() {
    return Files.isDirectory(folder.resolve("gradients_0"));
  }

  /** Where the gradients are taken. */
  public List<Tensor> point() {
    return read("gradients_0", "input").stream().map(TensorFile::tensor).toList();
  }

  /** By the names of outputs. */
  public Map<String, Tensor> cotangents() {
    return byName("cotangent");
  }

  /** By the names of inputs and initializers. */
  public Map<String, Tensor> gradients() {
    return byName("gradient");
  }

  private Map<String, Tensor> byName(String kind) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    read("gradients_0", kind).forEach(file -> tensors.put(file.name(), file.tensor()));
    return tensors;
  }

  private List<TensorFile> read(String set, String kind) {
    List<TensorFile> files = new ArrayList<>();
    while (true) {
      Path file = folder.resolve(set).resolve(kind + "_" + files.size() + ".pb");
      if (!Files.exists(file)) {
        return files;
      }
      files.add(TensorFile.read(file));
    }
  }

  /** The folders below {@code root} that hold a {@code model.onnx}, sorted. */
  public static List<OnnxCase> in(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.getFileName().toString().equals("model.onnx"))
          .map(Path::getParent)
          .filter(folder -> Files.isDirectory(folder.resolve("test_data_set_0")))
          .sorted()
          .map(OnnxCase::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
