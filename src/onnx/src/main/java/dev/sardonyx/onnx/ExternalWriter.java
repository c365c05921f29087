package dev.sardonyx.onnx;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.proto.StringStringEntryProto;
import dev.sardonyx.proto.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Lays weights into files beside a model: first it says where each will lie, then it writes. */
final class ExternalWriter {
  /** Vector instructions like it; larger weights begin where every system can map them. */
  private static final int ALIGNMENT = 64;

  private static final int MAPPING_ALIGNMENT = 1 << 16;
  private static final int LARGE = 1 << 20;

  private final String model;
  private final ExternalStorage storage;
  private final List<List<Piece>> files = new ArrayList<>();
  private final Map<Tensor, Entry> placed = new IdentityHashMap<>();
  private long end;

  private record Piece(Tensor tensor, long offset) {}

  private record Entry(int file, long offset) {}

  /**
   * @param model the file name of the model
   */
  ExternalWriter(String model, ExternalStorage storage) {
    this.model = model;
    this.storage = storage;
  }

  boolean takes(Tensor tensor) {
    return tensor.element() != ElementType.STRING
        && tensor.bytes().remaining() > 0
        && tensor.bytes().remaining() >= storage.threshold();
  }

  /** The tensor as it stands in the model. */
  TensorProto.Builder place(Tensor tensor) {
    Entry entry = placed.computeIfAbsent(tensor, this::append);
    TensorProto.Builder out = TensorProto.newBuilder().setDataType(tensor.element().code());
    for (long dim : tensor.dims()) {
      out.addDims(dim);
    }
    return out.setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", name(entry.file())))
        .addExternalData(entry("offset", Long.toString(entry.offset())))
        .addExternalData(entry("length", Long.toString(tensor.bytes().remaining())));
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private Entry append(Tensor tensor) {
    if (files.isEmpty() || end >= storage.maxFileBytes()) {
      files.add(new ArrayList<>());
      end = 0;
    }
    int bytes = tensor.bytes().remaining();
    long alignment = bytes >= LARGE ? MAPPING_ALIGNMENT : ALIGNMENT;
    long offset = (end + alignment - 1) / alignment * alignment;
    files.get(files.size() - 1).add(new Piece(tensor, offset));
    end = offset + bytes;
    return new Entry(files.size() - 1, offset);
  }

  private String name(int file) {
    return model + ".data" + (file == 0 ? "" : "_" + file);
  }

  /** Writes the files into a folder. */
  void write(Path folder) throws IOException {
    for (int i = 0; i < files.size(); i++) {
      List<Piece> pieces = files.get(i);
      Replacement.of(folder.resolve(name(i)), path -> write(path, pieces));
    }
  }

  private static void write(Path path, List<Piece> pieces) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      for (Piece piece : pieces) {
        ByteBuffer bytes = piece.tensor().bytes();
        long at = piece.offset();
        while (bytes.hasRemaining()) {
          at += channel.write(bytes, at);
        }
      }
    }
  }
}
