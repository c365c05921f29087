package dev.sardonyx.runtime;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;

/** The shape of a batch that is given as plain rows of floats. */
final class SampleShape {
  private SampleShape() {}

  /**
   * The dimensions of the only input of a model with one float32 input and output.
   *
   * @param length the number of values in a sample, or -1 if there is no sample to tell
   */
  static long[] of(Session session, int rows, int length) {
    if (session.inputs().size() != 1
        || session.signature().allOutputs(session.name()).size() != 1) {
      throw PredictorRefusal.notOneToOne(session);
    }
    TensorType input = session.inputs().values().iterator().next();
    TensorType output = session.outputs().values().iterator().next();
    if (input.element() != ElementType.FLOAT32
        || output.element() != ElementType.FLOAT32
        || input.shape().rank() < 2) {
      throw PredictorRefusal.notOneToOne(session);
    }
    List<Dim> dims = input.shape().dims();
    if (dims.get(0).isFixed() && dims.get(0).value() != rows) {
      throw PredictorRefusal.batchSize(input, rows);
    }
    return dims(input, rows, length);
  }

  /** At most one axis of a sample may be open; it takes what the others leave. */
  private static long[] dims(TensorType input, int rows, int length) {
    long[] dims = new long[input.shape().rank()];
    dims[0] = rows;
    long known = 1;
    int open = 0;
    for (int axis = 1; axis < dims.length; axis++) {
      Dim dim = input.shape().dim(axis);
      if (dim.isFixed()) {
        dims[axis] = dim.value();
        known *= dim.value();
      } else if (open == 0) {
        open = axis;
      } else {
        throw PredictorRefusal.openAxes(input);
      }
    }
    if (length < 0) {
      return dims;
    }
    if (open > 0 && known > 0 && length % known == 0) {
      dims[open] = length / known;
    } else if (open > 0 || known != length) {
      throw PredictorRefusal.sampleLength(input, length);
    }
    return dims;
  }
}
