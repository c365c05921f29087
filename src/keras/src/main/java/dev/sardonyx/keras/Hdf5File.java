package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import io.jhdf.Superblock;
import io.jhdf.Superblock.SuperblockV0V1;
import io.jhdf.Superblock.SuperblockV2V3;
import io.jhdf.SymbolTableEntry;
import java.util.function.Supplier;

/**
 * The guard before jHDF: the only way to an HDF5 file.
 *
 * <p>jHDF parses headers, heaps and trees, out of {@link Hdf5Storage}. Following links, taking
 * memory for data and inflating are done here, because jHDF does them without bounds. Whatever it
 * throws becomes one diagnostic.
 */
final class Hdf5File {
  private final Source source;
  private final Hdf5Storage storage;
  private final Hdf5Node.Group root;

  private Hdf5File(Source source, Hdf5Storage storage, Hdf5Node.Group root) {
    this.source = source;
    this.storage = storage;
    this.root = root;
  }

  /**
   * Reads the structure of a whole file.
   *
   * @throws DiagnosticException where it is damaged (KERAS-020), points elsewhere (KERAS-021),
   *     loops (KERAS-022), or says to hold more than it does (KERAS-023)
   */
  static Hdf5File open(ByteSource bytes, Source source, Limits limits) {
    return guarded(
        source,
        "",
        () -> {
          Hdf5Storage storage = new Hdf5Storage(bytes);
          requireWhole(storage, source);
          Hdf5Heaps heaps = new Hdf5Heaps(storage, limits.jsonBytes());
          Hdf5Node.Group root = new Hdf5Walk(storage, heaps, source).root(rootAddress(storage));
          return new Hdf5File(source, storage, root);
        });
  }

  private static void requireWhole(Hdf5Storage storage, Source source) {
    Superblock superblock = storage.getSuperblock();
    int offsets = superblock.getSizeOfOffsets();
    int lengths = superblock.getSizeOfLengths();
    if ((offsets != 4 && offsets != 8) || (lengths != 4 && lengths != 8)) {
      throw damaged(source, "", "addresses have %s bytes, lengths %s".formatted(offsets, lengths));
    }
    long end = superblock.getEndOfFileAddress();
    if (superblock.getBaseAddressByte() != 0 || end < 0 || end > storage.size()) {
      throw damaged(source, "", "%s bytes of %s are there".formatted(storage.size(), end));
    }
  }

  private static long rootAddress(Hdf5Storage storage) {
    Superblock superblock = storage.getSuperblock();
    if (superblock instanceof SuperblockV0V1 old) {
      return new SymbolTableEntry(storage, old.getRootGroupSymbolTableAddress())
          .getObjectHeaderAddress();
    }
    return ((SuperblockV2V3) superblock).getRootGroupObjectHeaderAddress();
  }

  Source source() {
    return source;
  }

  Hdf5Node.Group root() {
    return root;
  }

  /** The array as a dataset whose data are read on demand. */
  Dataset dataset(Hdf5Node.Array array) {
    return guarded(
        source,
        array.path(),
        () -> new Hdf5Data(storage.bytes(), storage, source, array).dataset());
  }

  /** Runs what reads from the file, and turns every failure of it into a diagnostic. */
  <T> T guarded(String place, Supplier<T> work) {
    return guarded(source, place, work);
  }

  static <T> T guarded(Source source, String place, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw diagnosed(source, place, e);
    }
  }

  private static DiagnosticException diagnosed(Source source, String place, Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; depth < 50 && cause != null; depth++) {
      if (cause instanceof DiagnosticException known) {
        return known;
      }
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof Hdf5Storage.Exhausted || cause instanceof StackOverflowError) {
        return loops(source, place, "its parts refer to each other without end");
      }
      if (message.contains("External Data Files") || message.contains("Virtual storage")) {
        return elsewhere(source, place, "an array's data lie in other files or arrays", message);
      }
      cause = cause.getCause();
    }
    return source.refuse(
        "KERAS-020",
        place,
        "the HDF5 file is damaged, or only part of one",
        failure instanceof OutOfMemoryError ? "not enough memory" : innermost(failure),
        Source.DAMAGED,
        failure);
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; depth < 50 && cause.getCause() != null; depth++) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  static DiagnosticException damaged(Source source, String place, String received) {
    return source.refuse(
        "KERAS-020",
        place,
        "the HDF5 file is damaged, or only part of one",
        received,
        Source.DAMAGED);
  }

  static DiagnosticException elsewhere(
      Source source, String place, String message, String received) {
    return source.refuse(
        "KERAS-021",
        place,
        message,
        received,
        "Keras never writes such files: copy the data into one file, and ask where it came from");
  }

  static DiagnosticException loops(Source source, String place, String received) {
    return source.refuse(
        "KERAS-022",
        place,
        "the structure of the HDF5 file has no end",
        received,
        "no library writes such files: it is damaged, or made to do damage");
  }
}
