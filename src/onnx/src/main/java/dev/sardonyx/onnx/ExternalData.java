package dev.sardonyx.onnx;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.proto.StringStringEntryProto;
import dev.sardonyx.proto.TensorProto;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A tensor whose bytes lie in another file: where they are, as its entries say. */
final class ExternalData {
  /**
   * The standard's keys; {@code basepath} is set by tools in memory and means nothing in a file.
   */
  private static final Set<String> KEYS =
      Set.of("location", "offset", "length", "checksum", "basepath");

  private final Source source;
  private final String place;
  private final Map<String, String> entries = new LinkedHashMap<>();

  private ExternalData(TensorProto proto, Source source, String place) {
    this.source = source;
    this.place = place;
    for (StringStringEntryProto entry : proto.getExternalDataList()) {
      String key = source.text(entry.getKeyBytes(), place);
      if (entries.put(key, source.text(entry.getValueBytes(), place)) != null) {
        throw refuse(key, "is given twice", "keep one of the two");
      }
      if (!KEYS.contains(key)) {
        throw refuse(key, "is not one of the standard's keys", "remove it");
      }
    }
    if (!entries.containsKey("location")) {
      throw refuse("location", "is missing", "say which file holds the data");
    }
  }

  static boolean isExternal(TensorProto proto) {
    return proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL
        || proto.getExternalDataCount() > 0;
  }

  /**
   * The tensor, its bytes mapped from the file.
   *
   * @param bytes how many bytes the tensor needs
   */
  static Tensor read(
      TensorProto proto,
      ElementType element,
      long[] dims,
      long bytes,
      Source source,
      String place) {
    return new ExternalData(proto, source, place).read(element, dims, bytes);
  }

  private Tensor read(ElementType element, long[] dims, long bytes) {
    if (element == ElementType.STRING) {
      throw refuse("location", "is given for strings", "store strings in the model itself");
    }
    if (bytes > Integer.MAX_VALUE) {
      throw source.refuse(
          "ONNX-006",
          place,
          "a single tensor of more than 2 GiB is not supported",
          "bytes: " + bytes,
          "split the weight in the model that you export");
    }
    long offset = number("offset", 0);
    long length = number("length", bytes);
    if (length != bytes) {
      throw refuse("length", "is not the %s bytes of the tensor".formatted(bytes), "correct it");
    }
    ExternalFiles files = source.files();
    if (files == null) {
      throw source.refuse(
          "ONNX-043",
          place,
          "the tensor's data lie in another file, and bytes have no folder to look in",
          "location: \"%s\"".formatted(Source.shown(entries.getOrDefault("location", ""))),
          "read the model by its path");
    }
    if (bytes == 0) {
      return Tensor.zeros(element, dims);
    }
    return Tensor.wrap(
        element, dims, files.map(entries.get("location"), offset, length, source, place));
  }

  private long number(String key, long absent) {
    String text = entries.get(key);
    if (text == null) {
      return absent;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw refuse(key, "is no number of bytes", "it is 0 or more, in decimal digits");
    }
    return Long.parseLong(text);
  }

  private DiagnosticException refuse(String key, String message, String help) {
    return source.refuse(
        "ONNX-040",
        place,
        "the entry \"%s\" of the tensor's external data %s".formatted(Source.shown(key), message),
        "external_data: " + Source.shown(entries.toString()),
        help);
  }
}
