package dev.sardonyx.onnx;

/** What reading a file has cost so far, where a small file can make it cost much. */
final class Work {
  private long nodes;
  private long inlined;
  private long reread;
  private long dense;

  /** One more node, out of a function or not. */
  void node(boolean inFunction) {
    nodes++;
    inlined += inFunction ? 1 : 0;
  }

  /** All nodes read, those that were read again too. */
  long nodes() {
    return nodes;
  }

  /** Those of them that came out of functions. */
  long inlined() {
    return inlined;
  }

  /** The nodes since {@code before} were read in vain. */
  void rereading(long before) {
    reread += nodes - before;
  }

  /** Adds bytes of sparse tensors made dense; all of them so far. */
  long dense(long bytes) {
    dense += bytes;
    return dense;
  }

  long reread() {
    return reread;
  }
}
