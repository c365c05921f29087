package dev.sardonyx.cli.verify;

/** Runs cases through the product. */
final class ProductRunner implements CaseRunner {
  private final Settings settings;

  ProductRunner(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Outcome run(Case one) throws Exception {
    return switch (one.layout()) {
      case ONNX -> new OnnxRunner(settings).run(one);
      case TRAINING, KERAS, OWN ->
          Outcome.failed("cases of the layout " + one.layout() + " are not run yet");
    };
  }
}
