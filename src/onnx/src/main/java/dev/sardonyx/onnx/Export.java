package dev.sardonyx.onnx;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import org.jspecify.annotations.Nullable;

/**
 * How to write a file.
 *
 * @param opset the version of the standard's operators, 13 to 28; 18 unless told. The file format's
 *     version follows from it and from the element types: 8 to 14, of which ONNX Runtime 1.29 reads
 *     those up to 13, and opsets up to 26
 * @param producerName the program that wrote the file; {@code Sardonyx} unless told
 * @param producerVersion its version; left out where empty
 * @param intermediateTypes whether the types of all values are stored, not only those of inputs and
 *     outputs
 * @param external which weights lie in files beside the model; null, the default, for none
 */
public record Export(
    int opset,
    String producerName,
    String producerVersion,
    boolean intermediateTypes,
    @Nullable ExternalStorage external) {
  /** Opset 18, and types of inputs and outputs only. */
  public static final Export DEFAULT = new Export(18, "Sardonyx", "", false, null);

  /**
   * @throws DiagnosticException for an opset out of range (ONNX-017)
   */
  public Export {
    if (opset < Opset.OLDEST_WRITTEN || opset > Opset.NEWEST) {
      throw new Diagnostic(
              "ONNX-017",
              "models cannot be written at opset " + opset,
              Location.current(),
              "opset: " + opset,
              "choose one from %s to %s".formatted(Opset.OLDEST_WRITTEN, Opset.NEWEST))
          .exception();
    }
  }

  public static Export atOpset(int opset) {
    return DEFAULT.withOpset(opset);
  }

  public Export withOpset(int newOpset) {
    return new Export(newOpset, producerName, producerVersion, intermediateTypes, external);
  }

  public Export withProducer(String name, String version) {
    return new Export(opset, name, version, intermediateTypes, external);
  }

  public Export withIntermediateTypes(boolean stored) {
    return new Export(opset, producerName, producerVersion, stored, external);
  }

  /** With weights in files beside the model: for models of more than 2 GiB. */
  public Export withExternalData(ExternalStorage storage) {
    return new Export(opset, producerName, producerVersion, intermediateTypes, storage);
  }
}
