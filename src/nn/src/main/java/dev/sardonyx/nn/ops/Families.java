package dev.sardonyx.nn.ops;

/** All operations. */
final class Families {
  private Families() {}

  static OpTable all() {
    return new OpTable()
        .with(NumpyFunctions.TABLE)
        .with(NumpyArithmetic.TABLE)
        .with(NumpyComparisons.TABLE)
        .with(NumpyReductions.TABLE)
        .with(NumpyNan.TABLE)
        .with(NumpyQuantiles.TABLE)
        .with(NumpySorting.TABLE)
        .with(NumpyScans.TABLE)
        .with(NumpyShaping.TABLE)
        .with(NumpyJoining.TABLE)
        .with(NumpyCreation.TABLE)
        .with(NumpyIndexing.TABLE)
        .with(NumpyProducts.TABLE)
        .with(NumpyCounting.TABLE)
        .with(NnActivations.TABLE)
        .with(NnNormalization.TABLE)
        .with(NnWindows.TABLE)
        .with(NnBlocks.TABLE)
        .with(NnLosses.TABLE)
        .with(CoreOps.TABLE)
        .with(MathOps.TABLE)
        .with(SignalOps.TABLE)
        .with(LinalgOps.TABLE)
        .with(ImageOps.TABLE)
        .with(Rearrangement.TABLE);
  }
}
