package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Shape;
import io.jhdf.btree.BTreeV1;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An array stored in chunks, each through filters. Keras does not write them; tools that compress
 * its files do.
 */
final class Hdf5Chunks {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER32 = 3;
  private static final int CHECKSUM_BYTES = 4;
  private static final long LARGEST_SPARE_CHUNK = 16L << 20;

  private final Hdf5Storage storage;
  private final Source source;
  private final Hdf5Node.Array array;
  private final ChunkedDataLayoutMessage layout;
  private final Hdf5Data data;
  private final long[] dims;
  private final int[] chunkDims;
  private final int elementSize;

  Hdf5Chunks(
      Hdf5Storage storage,
      Source source,
      Hdf5Node.Array array,
      ChunkedDataLayoutMessage layout,
      Hdf5Data data) {
    this.storage = storage;
    this.source = source;
    this.array = array;
    this.layout = layout;
    this.data = data;
    this.dims = array.dims();
    this.chunkDims = layout.getChunkDimensions();
    this.elementSize = array.type().size();
  }

  /** Why data that passed these filters cannot be read, or null. */
  static @Nullable String obstacle(List<FilterInfo> filters) {
    return filters.stream()
        .filter(f -> f.getId() < DEFLATE || f.getId() > FLETCHER32)
        .map(f -> "its chunks passed the filter %s (%s)".formatted(f.getId(), f.getName()))
        .findFirst()
        .orElse(null);
  }

  /** Reads all chunks into {@code target}, which is zero where there are none. */
  void fill(ByteBuffer target) throws IOException {
    int size = chunkBytes(target.remaining());
    if (layout.getBTreeAddress() == -1) {
      data.requireNoFill();
      return;
    }
    List<Chunk> chunks = chunks();
    long stored = chunks.stream().mapToLong(Chunk::getSize).sum();
    data.requireExpansion(target.remaining(), stored);
    Set<List<Long>> seen = new HashSet<>();
    for (Chunk chunk : chunks) {
      long[] offset = chunk.getChunkOffset();
      if (!seen.add(Arrays.stream(offset).boxed().toList()) || !isInGrid(offset)) {
        throw new HdfException("a chunk at %s has no place".formatted(Arrays.toString(offset)));
      }
      copy(decoded(chunk, size), offset, target);
    }
    if (seen.size() < wanted()) {
      data.requireNoFill();
    }
  }

  private long wanted() {
    long wanted = 1;
    for (int axis = 0; axis < dims.length; axis++) {
      wanted *= (dims[axis] + chunkDims[axis] - 1) / chunkDims[axis];
    }
    return wanted;
  }

  private List<Chunk> chunks() {
    return BTreeV1.createDataBTree(storage, layout.getBTreeAddress(), dims.length).getChunks();
  }

  private int chunkBytes(int total) {
    long size = elementSize;
    for (int dim : chunkDims) {
      size = Math.multiplyExact(size, (long) dim);
    }
    if (chunkDims.length != dims.length
        || size <= 0
        || size > Math.max(total, LARGEST_SPARE_CHUNK)) {
      throw new HdfException(
          "chunks of %s cannot make up %s".formatted(Arrays.toString(chunkDims), Shape.of(dims)));
    }
    return (int) size;
  }

  private boolean isInGrid(long[] offset) {
    for (int axis = 0; axis < dims.length; axis++) {
      if (offset[axis] < 0 || offset[axis] >= dims[axis] || offset[axis] % chunkDims[axis] != 0) {
        return false;
      }
    }
    return true;
  }

  private ByteBuffer decoded(Chunk chunk, int size) throws IOException {
    if (chunk.getSize() < 0 || chunk.getSize() > 2L * size + 1024) {
      throw excess(chunk, size, null);
    }
    byte[] bytes = storage.bytes().bytes(chunk.getAddress(), chunk.getSize());
    List<FilterInfo> filters = array.filters();
    for (int i = filters.size() - 1; i >= 0; i--) {
      if (!chunk.getFilterMask().get(i)) {
        bytes = undone(filters.get(i), bytes, i, size, chunk);
      }
    }
    if (bytes.length != size) {
      throw new HdfException("a chunk has %s bytes, not %s".formatted(bytes.length, size));
    }
    return ByteBuffer.wrap(bytes);
  }

  private byte[] undone(FilterInfo filter, byte[] bytes, int index, int size, Chunk chunk)
      throws IOException {
    return switch (filter.getId()) {
      case DEFLATE -> inflated(bytes, size + checksumsBefore(index), chunk);
      case SHUFFLE -> unshuffled(bytes);
      case FLETCHER32 -> Arrays.copyOf(bytes, Math.max(0, bytes.length - CHECKSUM_BYTES));
      default -> throw new HdfException("unknown filter");
    };
  }

  private int checksumsBefore(int index) {
    return CHECKSUM_BYTES
        * (int)
            array.filters().subList(0, index).stream().filter(f -> f.getId() == FLETCHER32).count();
  }

  private byte[] inflated(byte[] bytes, int size, Chunk chunk) throws IOException {
    byte[] inflated = new byte[size];
    try {
      ByteSource from = ByteSource.of(ByteBuffer.wrap(bytes));
      Inflation.inflate(from, 0, bytes.length, false, ByteBuffer.wrap(inflated));
    } catch (Inflation.Excess e) {
      throw excess(chunk, size, e);
    } catch (IOException e) {
      throw new HdfException("a chunk is damaged: " + e.getMessage(), e);
    }
    return inflated;
  }

  private DiagnosticException excess(Chunk chunk, int size, @Nullable Throwable cause) {
    String received =
        "chunk at %s, stored in %s bytes, declared %s"
            .formatted(Arrays.toString(chunk.getChunkOffset()), chunk.getSize(), size);
    String message = "a chunk of the array holds more than it says";
    String help = "no library writes such files: it is damaged, or made to do damage";
    return cause == null
        ? source.refuse("KERAS-025", array.path(), message, received, help)
        : source.refuse("KERAS-025", array.path(), message, received, help, cause);
  }

  /** The filter stored the first bytes of all elements, then all second ones, and so on. */
  private byte[] unshuffled(byte[] bytes) {
    byte[] plain = bytes.clone();
    int count = bytes.length / elementSize;
    for (int element = 0; element < count; element++) {
      for (int b = 0; b < elementSize; b++) {
        plain[element * elementSize + b] = bytes[b * count + element];
      }
    }
    return plain;
  }

  /** Copies the part of a chunk that lies within the array, row by row. */
  private void copy(ByteBuffer chunk, long[] offset, ByteBuffer target) {
    int last = dims.length - 1;
    if (last < 0) {
      target.put(0, chunk, 0, elementSize);
      return;
    }
    int rows = 1;
    for (int axis = 0; axis < last; axis++) {
      rows *= chunkDims[axis];
    }
    int width = (int) Math.min(chunkDims[last], dims[last] - offset[last]) * elementSize;
    for (int row = 0; row < rows; row++) {
      long at = targetRow(row, offset);
      if (at >= 0) {
        int to = (int) ((at * dims[last] + offset[last]) * elementSize);
        target.put(to, chunk, row * chunkDims[last] * elementSize, width);
      }
    }
  }

  /** The row of the array at which a chunk's row lies, or -1 outside. */
  private long targetRow(int row, long[] offset) {
    long at = 0;
    long stride = 1;
    int rest = row;
    for (int axis = dims.length - 2; axis >= 0; axis--) {
      long index = offset[axis] + rest % chunkDims[axis];
      rest /= chunkDims[axis];
      if (index >= dims[axis]) {
        return -1;
      }
      at += index * stride;
      stride *= dims[axis];
    }
    return at;
  }
}
