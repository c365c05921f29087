package dev.sardonyx.onnx;

/** What reading a file has cost so far, where a small file can make it cost much. */
final class Work {
  private long nodes;
  private long reread;

  void node() {
    nodes++;
  }

  /** All nodes read, those that were read again too. */
  long nodes() {
    return nodes;
  }

  /** The nodes since {@code before} were read in vain. */
  void rereading(long before) {
    reread += nodes - before;
  }

  long reread() {
    return reread;
  }
}
