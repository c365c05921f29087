package dev.sardonyx.testkit;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's format of one array, versions 1 to 3, little-endian, row-major. Source: numpy.lib.format.
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\\s*'descr':\\s*'([^']*)',\\s*'fortran_order':\\s*(True|False),"
              + "\\s*'shape':\\s*\\(([\\d, ]*)\\),?\\s*}\\s*");

  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("|b1", ElementType.BOOL),
          Map.entry("|i1", ElementType.INT8),
          Map.entry("<i2", ElementType.INT16),
          Map.entry("<i4", ElementType.INT32),
          Map.entry("<i8", ElementType.INT64),
          Map.entry("|u1", ElementType.UINT8),
          Map.entry("<u2", ElementType.UINT16),
          Map.entry("<u4", ElementType.UINT32),
          Map.entry("<u8", ElementType.UINT64),
          Map.entry("<f2", ElementType.FLOAT16),
          Map.entry("<f4", ElementType.FLOAT32),
          Map.entry("<f8", ElementType.FLOAT64));

  private Npy() {}

  public static Tensor read(Path file) {
    try {
      return parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The array in the bytes of a file; an {@link IllegalArgumentException} for another content. */
  public static Tensor parse(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < 12 || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IllegalArgumentException("no .npy file");
    }
    int version = bytes.get(MAGIC.length);
    bytes.position(MAGIC.length + 2);
    if (version < 1 || version > 3) {
      throw new IllegalArgumentException("unknown .npy version " + version);
    }
    long length = version == 1 ? Short.toUnsignedInt(bytes.getShort()) : bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      throw new IllegalArgumentException("the .npy header is cut off");
    }
    byte[] header = new byte[(int) length];
    bytes.get(header);
    return array(new String(header, StandardCharsets.UTF_8), bytes);
  }

  private static Tensor array(String header, ByteBuffer data) {
    Matcher m = HEADER.matcher(header);
    ElementType element = m.matches() ? TYPES.get(m.group(1)) : null;
    if (element == null || m.group(2).equals("True")) {
      throw new IllegalArgumentException("not a row-major array of numbers: " + header.strip());
    }
    long[] dims =
        Arrays.stream(m.group(3).split(","))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .mapToLong(Long::parseLong)
            .toArray();
    return Tensor.wrap(element, dims, data);
  }
}
