package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.CompactDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The data of one array: what it says to hold against what is stored, and how it is read. */
final class Hdf5Data {
  /** Keras's own bound on what compression may do to an array; its floor is 4 GiB. */
  private static final long EXPANSION = 1000;

  private static final long FLOOR = 64L << 20;

  private final ByteSource bytes;
  private final Hdf5Storage storage;
  private final Source source;
  private final Hdf5Node.Array array;

  Hdf5Data(ByteSource bytes, Hdf5Storage storage, Source source, Hdf5Node.Array array) {
    this.bytes = bytes;
    this.storage = storage;
    this.source = source;
    this.array = array;
  }

  /** Refuses (KERAS-023) an array that says to hold more than it can. */
  void requireStored() {
    long declared = declaredBytes();
    DataLayoutMessage layout = array.layout();
    if (layout instanceof CompactDataLayoutMessage compact) {
      requireSame(declared, compact.getDataBuffer().remaining());
    } else if (layout instanceof ContiguousDataLayoutMessage contiguous) {
      if (contiguous.getAddress() == -1) {
        requireExpansion(declared, 0);
      } else {
        requireInside(declared, contiguous);
      }
    } else if (layout instanceof ChunkedDataLayoutMessage chunked) {
      requireExpansion(declared, chunked.getBTreeAddress() == -1 ? 0 : bytes.size());
    }
  }

  private long declaredBytes() {
    long declared = array.type().size();
    try {
      for (long dim : array.dims()) {
        if (dim < 0) {
          throw new ArithmeticException();
        }
        declared = Math.multiplyExact(declared, dim);
      }
    } catch (ArithmeticException e) {
      throw unstored("more than any file", bytes.size());
    }
    return declared;
  }

  private void requireSame(long declared, long stored) {
    if (declared != stored) {
      throw unstored(declared + " bytes", stored);
    }
  }

  private void requireInside(long declared, ContiguousDataLayoutMessage place) {
    if (place.getSize() >= 0) {
      requireSame(declared, place.getSize());
    }
    long address = place.getAddress();
    if (address < 0 || address > bytes.size() || declared > bytes.size() - address) {
      throw unstored(declared + " bytes", Math.max(0, bytes.size() - Math.max(0, address)));
    }
  }

  void requireExpansion(long declared, long stored) {
    if (declared > FLOOR && declared / EXPANSION > stored) {
      throw unstored(declared + " bytes", stored);
    }
  }

  private DiagnosticException unstored(String declared, long stored) {
    return source.refuse(
        "KERAS-023",
        array.path(),
        "the array says to hold more or less than what is stored",
        "shape: %s, %s   stored: %s bytes".formatted(Shape.of(array.dims()), declared, stored),
        Source.DAMAGED);
  }

  /** Type and shape as a dataset; refused (KERAS-024) for what no weight is made of. */
  Dataset dataset() {
    ElementType element = array.type().element();
    String unreadable = element == null ? "its elements are " + array.type().text() : obstacle();
    if (element == null || unreadable != null) {
      throw unsupported(String.valueOf(unreadable));
    }
    return new Dataset(array.path(), element, array.dims(), () -> read(element));
  }

  private @Nullable String obstacle() {
    DataLayoutMessage layout = array.layout();
    if (layout instanceof ChunkedDataLayoutMessage) {
      return Hdf5Chunks.obstacle(array.filters());
    }
    return layout instanceof CompactDataLayoutMessage
            || layout instanceof ContiguousDataLayoutMessage
        ? null
        : "its chunks are indexed as by libver=\"latest\"";
  }

  private Tensor read(ElementType element) {
    return Hdf5File.guarded(
        source,
        array.path(),
        () -> {
          long declared = declaredBytes();
          if (declared > Integer.MAX_VALUE) {
            throw unsupported("it has %s bytes, a tensor at most 2 GiB".formatted(declared));
          }
          ByteBuffer data = Tensor.allocate(element, array.dims());
          try {
            fill(data);
          } catch (IOException e) {
            throw source.unreadable(e);
          }
          array.type().toLittleEndian(data);
          return Tensor.wrap(element, array.dims(), data);
        });
  }

  private void fill(ByteBuffer data) throws IOException {
    DataLayoutMessage layout = array.layout();
    if (layout instanceof CompactDataLayoutMessage compact) {
      data.put(compact.getDataBuffer()).flip();
    } else if (layout instanceof ContiguousDataLayoutMessage contiguous) {
      if (contiguous.getAddress() == -1) {
        requireNoFill();
      } else {
        bytes.read(contiguous.getAddress(), data);
        data.flip();
      }
    } else if (layout instanceof ChunkedDataLayoutMessage chunked) {
      new Hdf5Chunks(storage, source, array, chunked, this).fill(data);
    }
  }

  /** Refuses (KERAS-024) an array of which a part is not stored, and not zero. */
  void requireNoFill() {
    if (array.filled()) {
      throw unsupported("what is not stored of it has a fill value");
    }
  }

  private DiagnosticException unsupported(String received) {
    return source.refuse(
        "KERAS-024",
        array.path(),
        "the array is stored in a way that is not supported",
        received,
        "let Keras load and save the file; weights are numbers, stored plainly or deflated");
  }
}
