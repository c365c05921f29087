package dev.sardonyx.nn;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tensors by name in Hugging Face's safetensors format: eight bytes with the length of a JSON
 * header, the header, the data without gaps.
 */
final class Safetensors {
  private static final long MAX_HEADER = 100_000_000;
  private static final Map<String, ElementType> TYPES = new LinkedHashMap<>();

  static {
    TYPES.put("F32", ElementType.FLOAT32);
    TYPES.put("F64", ElementType.FLOAT64);
    TYPES.put("F16", ElementType.FLOAT16);
    TYPES.put("BF16", ElementType.BFLOAT16);
    TYPES.put("I64", ElementType.INT64);
    TYPES.put("I32", ElementType.INT32);
    TYPES.put("I16", ElementType.INT16);
    TYPES.put("I8", ElementType.INT8);
    TYPES.put("U8", ElementType.UINT8);
    TYPES.put("BOOL", ElementType.BOOL);
  }

  private Safetensors() {}

  /** Writes the file whole or not at all: beside it first, then in its place. */
  static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
    WholeFile.write(file, bytes(tensors, metadata));
  }

  static byte[] bytes(Map<String, Tensor> tensors, Map<String, String> metadata) {
    Map<String, Object> header = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      header.put("__metadata__", metadata);
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      long end = offset + tensor.bytes().remaining();
      Map<String, Object> described = new LinkedHashMap<>();
      described.put("dtype", code(tensor.element()));
      described.put("shape", tensor.dims());
      described.put("data_offsets", new long[] {offset, end});
      header.put(entry.getKey(), described);
      offset = end;
    }
    byte[] json = json(header);
    // The data begin at a multiple of eight: spaces fill the header up.
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer all =
        ByteBuffer.allocate(Math.toIntExact(8 + padded + offset)).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(padded)
        .put(json)
        .put(" ".repeat(padded - json.length).getBytes(StandardCharsets.US_ASCII));
    tensors.values().forEach(tensor -> all.put(tensor.bytes()));
    return all.array();
  }

  private static byte[] json(Map<String, Object> header) {
    try {
      return JSON.std.asBytes(header);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String code(ElementType type) {
    return TYPES.entrySet().stream()
        .filter(e -> e.getValue() == type)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("safetensors cannot hold " + type));
  }

  static Map<String, Tensor> read(Path file) {
    try {
      return parse(file.getFileName().toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new Diagnostic(
              "NN-090",
              "cannot read the weights",
              Location.current(),
              "file: " + file + " (" + e.getClass().getSimpleName() + ")",
              "check that the file exists and may be read")
          .exception(e);
    }
  }

  /** The tensors in {@code bytes}; anything that the format does not allow is refused. */
  static Map<String, Tensor> parse(String name, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 8) {
      throw refuse(
          name, "it has %s bytes, fewer than its header's length takes".formatted(bytes.length));
    }
    long length = buffer.getLong(0);
    if (length < 0 || length > MAX_HEADER || length > bytes.length - 8) {
      throw refuse(name, "its header of %s bytes does not fit".formatted(length));
    }
    Map<String, Object> header = header(name, bytes, (int) length);
    ByteBuffer data = buffer.slice(8 + (int) length, bytes.length - 8 - (int) length);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    long covered = 0;
    for (Map.Entry<String, Object> entry : header.entrySet()) {
      if (!entry.getKey().equals("__metadata__")) {
        Tensor tensor = tensor(name, entry.getKey(), entry.getValue(), data);
        tensors.put(entry.getKey(), tensor);
        covered += tensor.bytes().remaining();
      }
    }
    if (covered != data.remaining()) {
      throw refuse(name, "its tensors cover %s of %s bytes".formatted(covered, data.remaining()));
    }
    return tensors;
  }

  private static Map<String, Object> header(String name, byte[] bytes, int length) {
    try {
      return JSON.std.mapFrom(new String(bytes, 8, length, StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw refuse(name, "its header is no JSON object");
    }
  }

  private static Tensor tensor(String file, String name, Object described, ByteBuffer data) {
    if (!(described instanceof Map<?, ?> map)
        || !(map.get("dtype") instanceof String dtype)
        || !(map.get("shape") instanceof List<?> shape)
        || !(map.get("data_offsets") instanceof List<?> offsets)
        || offsets.size() != 2
        || !TYPES.containsKey(dtype)) {
      throw refuse(file, "tensor " + name + " is described by " + described);
    }
    try {
      long[] dims = shape.stream().mapToLong(d -> ((Number) d).longValue()).toArray();
      long from = ((Number) offsets.get(0)).longValue();
      long to = ((Number) offsets.get(1)).longValue();
      ByteBuffer part = data.slice(Math.toIntExact(from), Math.toIntExact(to - from));
      return Tensor.wrap(TYPES.get(dtype), dims, part);
    } catch (IllegalArgumentException
        | IndexOutOfBoundsException
        | ArithmeticException
        | ClassCastException e) {
      throw refuse(file, "tensor " + name + " does not fit its data: " + described);
    }
  }

  private static DiagnosticException refuse(String file, String problem) {
    return new Diagnostic(
            "NN-091",
            "this is no safetensors file: " + problem,
            Location.current(),
            "file: " + file,
            "give a file that saveWeights or the safetensors library has written")
        .exception();
  }
}
