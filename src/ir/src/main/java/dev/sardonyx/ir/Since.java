package dev.sardonyx.ir;

/**
 * A moment: nodes made since then are told from those that existed before. What a function builds
 * is found this way without a mark on every node.
 *
 * @param serial the first number of a node made later
 */
public record Since(long serial) {
  public static Since now() {
    return new Since(Node.nextSerial());
  }

  public boolean made(Node node) {
    return node.serial() >= serial;
  }
}
