package dev.sardonyx.keras;

/**
 * How far a file may be followed in what makes it larger than it is. Weights as they are have no
 * such limit: they take about their own size.
 *
 * @param jsonBytes how long a JSON text may be
 * @param jsonDepth how deep its objects and arrays may lie in each other
 * @param assetBytes how much all assets (vocabularies) may take together
 * @param expansion how many times its stored size a compressed part may have
 */
public record Limits(long jsonBytes, int jsonDepth, long assetBytes, int expansion) {
  /** 32 MiB, 500 deep, 64 MiB, a hundredfold. */
  public static final Limits DEFAULT = new Limits(32L << 20, 500, 64L << 20, 100);

  public Limits {
    if (jsonBytes < 0 || jsonDepth < 1 || jsonDepth > 1000 || assetBytes < 0 || expansion < 1) {
      throw new IllegalArgumentException(
          "the depth lies between 1 and 1000, an expansion is at least 1, sizes are not negative:"
              + " %s, %s, %s, %s".formatted(jsonBytes, jsonDepth, assetBytes, expansion));
    }
  }

  public Limits withJsonBytes(long bytes) {
    return new Limits(bytes, jsonDepth, assetBytes, expansion);
  }

  public Limits withJsonDepth(int depth) {
    return new Limits(jsonBytes, depth, assetBytes, expansion);
  }

  public Limits withAssetBytes(long bytes) {
    return new Limits(jsonBytes, jsonDepth, bytes, expansion);
  }

  public Limits withExpansion(int times) {
    return new Limits(jsonBytes, jsonDepth, assetBytes, times);
  }
}
