package dev.sardonyx.keras;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The heaps with the texts of all attributes, which hold references to them. Thus a text may be
 * longer than the 64 kB of an attribute; Keras's architectures are.
 */
final class OutTexts {
  private static final int MOST_IN_HEAP = 60_000;
  private static final int HEAD = 16;
  private static final int SMALLEST = 4096;

  private final List<byte[]> texts = new ArrayList<>();
  private final List<Long> addresses = new ArrayList<>();
  private int next;

  void add(String text) {
    texts.add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The heaps, of which the first lies at {@code address}, in order. */
  List<ByteBuffer> heaps(long address) {
    List<ByteBuffer> heaps = new ArrayList<>();
    long at = address;
    for (int from = 0; from < texts.size(); from += MOST_IN_HEAP) {
      addresses.add(at);
      ByteBuffer heap = heap(texts.subList(from, Math.min(texts.size(), from + MOST_IN_HEAP)));
      heaps.add(heap);
      at += heap.remaining();
    }
    return heaps;
  }

  private static ByteBuffer heap(List<byte[]> texts) {
    OutBytes objects = new OutBytes();
    for (int i = 0; i < texts.size(); i++) {
      byte[] text = texts.get(i);
      objects.number(i + 1, 2).number(1, 2).number(0, 4).number(text.length, 8);
      objects.bytes(text).pad(8);
    }
    // What is left over is an object too, with the number 0.
    int size = Math.max(SMALLEST, HEAD + objects.size() + HEAD);
    int free = size - HEAD - objects.size();
    OutBytes heap = new OutBytes().bytes('G', 'C', 'O', 'L', 1, 0, 0, 0).number(size, 8);
    heap.bytes(objects.array()).number(0, 8).number(free, 8);
    return heap.bytes(new byte[size - heap.size()]).buffer();
  }

  /** References to the texts in the order in which they were added. */
  void reference(OutBytes out) {
    out.number(texts.get(next).length, 4);
    out.address(addresses.get(next / MOST_IN_HEAP)).number(next % MOST_IN_HEAP + 1, 4);
    next++;
  }
}
