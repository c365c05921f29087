package dev.sardonyx.cli;

import com.google.protobuf.UnsafeByteOperations;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.proto.TensorProto;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes small cases of every layout. */
public final class CaseFiles {
  private CaseFiles() {}

  /** y = 2·x, with x of any length. */
  public static Graph doubling() {
    Value x = Value.input("x", TensorType.parse("float32[N]"));
    Value two = Value.parameter("two", Tensor.of(new float[] {2}));
    return Graph.of("doubling", List.of(x), List.of(x.mul(two)), List.of("y"));
  }

  /** A case of the standard's layout, of y = 2·x, which expects these. */
  public static Path onnx(Path folder, float... expected) {
    return onnx(
        folder,
        doubling(),
        List.of(Tensor.of(new float[] {1, 2, 3})),
        List.of(Tensor.of(expected)));
  }

  /** A case of the standard's layout. */
  public static Path onnx(Path folder, Graph graph, List<Tensor> inputs, List<Tensor> outputs) {
    OnnxFile.write(graph, folder.resolve("model.onnx"));
    for (int i = 0; i < inputs.size(); i++) {
      tensor(folder.resolve("test_data_set_0/input_%d.pb".formatted(i)), "", inputs.get(i));
    }
    for (int i = 0; i < outputs.size(); i++) {
      tensor(folder.resolve("test_data_set_0/output_%d.pb".formatted(i)), "", outputs.get(i));
    }
    return folder;
  }

  /** The gradient of y = 2·x at three ones, with these cotangents. */
  public static void gradients(Path folder, float[] cotangent, float[] gradient) {
    Path set = folder.resolve("gradients_0");
    tensor(set.resolve("input_0.pb"), "x", Tensor.of(new float[] {1, 1, 1}));
    tensor(set.resolve("cotangent_0.pb"), "y", Tensor.of(cotangent));
    tensor(set.resolve("gradient_0.pb"), "x", Tensor.of(gradient));
  }

  public static void tensor(Path file, String name, Tensor tensor) {
    TensorProto.Builder proto =
        TensorProto.newBuilder().setName(name).setDataType(tensor.element().code());
    Arrays.stream(tensor.dims()).forEach(proto::addDims);
    proto.setRawData(UnsafeByteOperations.unsafeWrap(tensor.bytes()));
    write(file, proto.build().toByteArray());
  }

  /** A float32 vector in NumPy's format. */
  public static void npy(Path file, float... values) {
    write(file, npy(Tensor.of(values)));
  }

  /** A batch of one float32 vector in NumPy's format. */
  public static void row(Path file, float... values) {
    write(file, npy(Tensor.of(values, 1, values.length)));
  }

  /** A case of training: what case.json says, and float32 arrays by name in the shape of each. */
  public static Path training(Path folder, String json, Map<String, Tensor> arrays) {
    write(folder.resolve("case.json"), json.getBytes(StandardCharsets.UTF_8));
    try (OutputStream out = Files.newOutputStream(folder.resolve("arrays.npz"));
        ZipOutputStream entries = new ZipOutputStream(out)) {
      for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
        entries.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        entries.write(npy(array.getValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  /** A zip file with one text. */
  public static void zip(Path zip, String member, String text) {
    try {
      Files.createDirectories(zip.getParent());
      try (OutputStream out = Files.newOutputStream(zip);
          ZipOutputStream entries = new ZipOutputStream(out)) {
        entries.putNextEntry(new ZipEntry(member));
        entries.write(text.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] npy(Tensor tensor) {
    StringBuilder dims = new StringBuilder();
    Arrays.stream(tensor.dims()).forEach(dim -> dims.append(dim).append(", "));
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }".formatted(dims);
    byte[] header =
        (text + " ".repeat(63 - (text.length() + 10) % 64) + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes =
        ByteBuffer.allocate((int) (10 + header.length + 4 * tensor.size()))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) header.length).put(header);
    for (float value : tensor.toFloatArray()) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  public static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A zip file of all that is below a folder. */
  public static Path zip(Path folder, Path zip) throws IOException {
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted().filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        entries.write(Files.readAllBytes(file));
      }
    }
    return zip;
  }
}
