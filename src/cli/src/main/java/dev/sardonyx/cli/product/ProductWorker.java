package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Worker;
import java.io.IOException;

/** The main class of the process that runs cases. */
public final class ProductWorker {
  private ProductWorker() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Worker.serve(ProductRunner::new);
  }
}
