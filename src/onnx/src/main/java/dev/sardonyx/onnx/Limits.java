package dev.sardonyx.onnx;

/**
 * How far a file may be followed in what makes a graph larger than the file is. A file of weights
 * as they are has no such limit: it takes about its own size.
 *
 * @param nesting how deep subgraphs may lie in each other, and how deep functions may call each
 *     other
 * @param inlinedNodes how many nodes the calls of a model's own functions may become
 * @param denseBytes how many bytes sparse tensors may become
 * @param rereadNodes how many nodes of loops may be read again to find out which shapes stay; after
 *     that nothing is known of the shapes that loops carry
 */
public record Limits(int nesting, long inlinedNodes, long denseBytes, long rereadNodes) {
  /** 32 deep, a million nodes, 256 MiB, a hundred thousand nodes. */
  public static final Limits DEFAULT = new Limits(32, 1_000_000, 256L << 20, 100_000);

  public Limits {
    if (nesting < 0 || nesting > 100 || inlinedNodes < 0 || denseBytes < 0 || rereadNodes < 0) {
      throw new IllegalArgumentException(
          "nesting lies between 0 and 100, the others are not negative: %s, %s, %s, %s"
              .formatted(nesting, inlinedNodes, denseBytes, rereadNodes));
    }
  }

  public Limits withNesting(int levels) {
    return new Limits(levels, inlinedNodes, denseBytes, rereadNodes);
  }

  public Limits withInlinedNodes(long nodes) {
    return new Limits(nesting, nodes, denseBytes, rereadNodes);
  }

  public Limits withDenseBytes(long bytes) {
    return new Limits(nesting, inlinedNodes, bytes, rereadNodes);
  }

  public Limits withRereadNodes(long nodes) {
    return new Limits(nesting, inlinedNodes, denseBytes, nodes);
  }
}
