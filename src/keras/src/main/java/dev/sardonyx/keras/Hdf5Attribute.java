package dev.sardonyx.keras;

import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.object.message.AttributeMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attribute whose value is text, or a list of texts; others are there but have no texts.
 *
 * <p>Files have strings of fixed length ({@code h5py} 2) and of variable length ({@code h5py} 3),
 * the latter in heaps beside the attribute. Whatever character set is noted, it is UTF-8.
 */
final class Hdf5Attribute {
  private final AttributeMessage message;
  private final Hdf5Heaps heaps;

  Hdf5Attribute(AttributeMessage message, Hdf5Heaps heaps) {
    this.message = message;
    this.heaps = heaps;
  }

  /** The texts; none for an empty list, null where this is no text. */
  @Nullable List<String> texts() {
    ByteBuffer data = message.getDataBuffer();
    if (data == null) {
      return List.of();
    }
    DataType type = message.getDataType();
    boolean fixed = type instanceof StringData;
    if (!fixed && !(type instanceof VariableLength v && v.isVariableLengthString())) {
      return null;
    }
    long count = message.getDataSpace().getTotalLength();
    if (type.getSize() <= 0 || count > data.remaining() / type.getSize()) {
      throw new HdfException("the attribute's %s texts do not fit its data".formatted(count));
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ByteBuffer element = data.slice(i * type.getSize(), type.getSize());
      texts.add(text(fixed ? heaps.counted(element) : heaps.element(element.order(data.order()))));
    }
    return texts;
  }

  private static String text(ByteBuffer bytes) {
    int end = bytes.limit();
    while (end > bytes.position() && bytes.get(end - 1) == 0) {
      end--;
    }
    return StandardCharsets.UTF_8.decode(bytes.duplicate().limit(end)).toString();
  }
}
