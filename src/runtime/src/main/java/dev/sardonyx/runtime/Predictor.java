package dev.sardonyx.runtime;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs one model again and again with native buffers that it keeps, so that a small model answers
 * in microseconds. Inputs are copied into these buffers and results out of them: what comes back is
 * the caller's own.
 *
 * <p>Buffers are kept for the last four combinations of input shapes. A predictor is for one thread
 * at a time; calls from several wait for each other. Closing it leaves the session open.
 */
public final class Predictor implements AutoCloseable {
  private final Session session;
  private final Bindings bindings;
  private final Handle handle;
  private @Nullable Binding last;
  private long @Nullable [] lastDims;

  private Predictor(Session session) {
    this.session = session;
    this.bindings = new Bindings(session);
    this.handle = new Handle(this, "predictor of " + session.name(), bindings::close);
  }

  /** Refuses models that take strings or unsigned integers wider than 8 bits (RT-030). */
  public static Predictor of(Session session) {
    session
        .inputs()
        .forEach(
            (name, type) -> {
              if (Elements.overBuffers(type.element()) == null) {
                throw PredictorRefusal.input(name, type);
              }
            });
    return new Predictor(session);
  }

  /** All outputs, in the model's order; the inputs are checked as by {@link Session#run}. */
  public synchronized Map<String, Tensor> run(Map<String, Tensor> inputs) {
    requireOpen();
    InputCheck.check(session.inputs(), inputs, Map.of());
    Map<String, TensorType> types = new LinkedHashMap<>();
    session.inputs().keySet().forEach(name -> types.put(name, inputs.get(name).type()));
    Binding binding = bindings.get(types);
    last = null;
    inputs.forEach((name, tensor) -> binding.buffer(name).duplicate().put(tensor.bytes()));
    Map<String, Tensor> results = new LinkedHashMap<>();
    binding.run().forEach((name, view) -> results.put(name, NativeTensors.copy(view)));
    return results;
  }

  /**
   * The answer to one sample, for models with one float32 input and one float32 output (RT-034).
   *
   * @param sample the values of all axes but the first, row-major (RT-031)
   */
  public synchronized float[] predict(float... sample) {
    return predictOne(sample).toFloatArray();
  }

  /** As {@link #predict(float...)}, into an array of the result's length (RT-032). */
  public synchronized void predict(float[] sample, float[] result) {
    Tensor answer = predictOne(sample);
    if (answer.size() != result.length) {
      throw PredictorRefusal.resultLength(answer.type(), result.length);
    }
    answer.floats().get(result);
  }

  private synchronized Tensor predictOne(float[] sample) {
    Binding binding = bind(1, sample.length);
    floats(binding).put(sample);
    return binding.run().values().iterator().next();
  }

  /**
   * The answers to a batch of samples, one row each. The model's output must have a row for every
   * sample.
   */
  public synchronized float[][] predict(float[][] samples) {
    int length = samples.length == 0 ? -1 : samples[0].length;
    Binding binding = bind(samples.length, length);
    FloatBuffer in = floats(binding);
    for (float[] sample : samples) {
      if (sample.length != length) {
        throw PredictorRefusal.ragged(length, sample.length);
      }
      in.put(sample);
    }
    Tensor answer = binding.run().values().iterator().next();
    if (answer.shape().rank() == 0 || answer.dims()[0] != samples.length) {
      throw PredictorRefusal.notRowByRow(answer.type(), samples.length);
    }
    int columns = samples.length == 0 ? 0 : Math.toIntExact(answer.size() / samples.length);
    float[][] rows = new float[samples.length][columns];
    FloatBuffer out = answer.floats();
    for (float[] row : rows) {
      out.get(row);
    }
    return rows;
  }

  private FloatBuffer floats(Binding binding) {
    return binding.buffer(session.inputs().keySet().iterator().next()).asFloatBuffer();
  }

  private Binding bind(int rows, int length) {
    requireOpen();
    Map.Entry<String, TensorType> input = session.inputs().entrySet().iterator().next();
    long[] dims = SampleShape.of(session, rows, length);
    if (last == null || !Arrays.equals(dims, lastDims)) {
      last = bindings.get(Map.of(input.getKey(), TensorType.of(ElementType.FLOAT32, dims)));
      lastDims = dims;
    }
    return last;
  }

  private void requireOpen() {
    session.nativeSession().requireOpen();
    if (handle.isClosed()) {
      throw PredictorRefusal.closed(session.name());
    }
  }

  @Override
  public synchronized void close() {
    handle.close();
  }
}
