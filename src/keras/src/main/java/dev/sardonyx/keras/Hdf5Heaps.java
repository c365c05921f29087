package dev.sardonyx.keras;

import io.jhdf.GlobalHeap;
import io.jhdf.exceptions.HdfException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** The heaps that hold a file's variable-length texts, each read once. */
final class Hdf5Heaps {
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final Hdf5Storage storage;
  private final Map<Long, GlobalHeap> heaps = new HashMap<>();
  private long budget;

  /**
   * @param budget how many bytes all texts may have: many may name the same one
   */
  Hdf5Heaps(Hdf5Storage storage, long budget) {
    this.storage = storage;
    this.budget = budget;
  }

  /** The bytes that an element points to: length, heap, index in the heap. */
  ByteBuffer element(ByteBuffer reference) {
    reference.getInt();
    long address =
        storage.getSizeOfOffsets() == 4
            ? Integer.toUnsignedLong(reference.getInt())
            : reference.getLong();
    int index = reference.getInt();
    if (index == 0) {
      return EMPTY;
    }
    return counted(
        heaps.computeIfAbsent(address, at -> new GlobalHeap(storage, at)).getObjectData(index));
  }

  ByteBuffer counted(ByteBuffer text) {
    budget -= text.remaining();
    if (budget < 0) {
      throw new HdfException("the file's texts are longer than its limits allow");
    }
    return text;
  }
}
