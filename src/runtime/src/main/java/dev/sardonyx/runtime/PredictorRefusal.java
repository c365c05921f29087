package dev.sardonyx.runtime;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.TensorType;

/** What a {@link Predictor} refuses. */
final class PredictorRefusal {
  private PredictorRefusal() {}

  static DiagnosticException input(String name, TensorType type) {
    return Refusal.of(
        "RT-030",
        "a predictor cannot keep a buffer for input \"" + name + "\"",
        name + ": " + type,
        "use Session.run for models that take " + type.element());
  }

  static DiagnosticException notOneToOne(Session session) {
    return Refusal.of(
        "RT-034",
        "arrays of floats need a model with one float32 input of rank 2 or more and one float32 output",
        session.toString(),
        "use run with named tensors");
  }

  static DiagnosticException openAxes(TensorType input) {
    return Refusal.of(
        "RT-034",
        "an array does not say how its values divide over two open axes",
        "the model takes " + input,
        "use run with a tensor, which has a shape");
  }

  static DiagnosticException sampleLength(TensorType input, int length) {
    return Refusal.of(
        "RT-031",
        "a sample of " + length + " values does not fit the model",
        "got float[" + length + "]   the model takes " + input,
        "a sample holds the values of all axes but the first");
  }

  static DiagnosticException batchSize(TensorType input, int rows) {
    return Refusal.of(
        "RT-031",
        "the model takes batches of " + input.shape().dim(0) + ", got " + rows,
        "the model takes " + input,
        "give it that many samples, or build it with a symbol on the first axis");
  }

  static DiagnosticException ragged(int first, int other) {
    return Refusal.of(
        "RT-031",
        "the samples of a batch differ in length",
        "the first has " + first + " values, another " + other,
        "pad or cut them to one length");
  }

  static DiagnosticException resultLength(TensorType answer, int length) {
    return Refusal.of(
        "RT-032",
        "the result does not fit an array of " + length,
        "the result is " + answer,
        "give an array with a place for every element");
  }

  static DiagnosticException notRowByRow(TensorType answer, int rows) {
    return Refusal.of(
        "RT-034",
        "the model does not answer row by row",
        "got " + rows + " samples   the result is " + answer,
        "use run with named tensors");
  }

  static DiagnosticException closed(String name) {
    return Refusal.of(
        "RT-020",
        "the predictor is closed",
        name,
        "predict inside the predictor's try block, or make another one");
  }
}
