package dev.sardonyx.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model that is loaded and can be run.
 *
 * <pre>{@code
 * try (Session session = Session.open(Path.of("iris.onnx"))) {
 *   Tensor y = session.run(Map.of("x", Tensor.of(rows))).get("y");
 * }
 * }</pre>
 *
 * <p>Any number of threads may run one session at the same time. Closing it stops the runs that are
 * under way, waits for them and frees the model; a second close does nothing, and a run after it is
 * refused (RT-020).
 */
public final class Session implements AutoCloseable {
  private final NativeSession nativeSession;
  private final Signature signature;
  private final Handle handle;

  /** Cleared when the shapes that the model declares turn out not to be those it gives. */
  private volatile boolean pinning = true;

  Session(NativeSession nativeSession, Signature signature) {
    this.nativeSession = nativeSession;
    this.signature = signature;
    this.handle = new Handle(this, "session of " + nativeSession.name(), nativeSession::close);
  }

  /** Loads an {@code .onnx} file. Refuses one that cannot be read (RT-001) or run (RT-002). */
  public static Session open(Path model) {
    return open(model, SessionOptions.defaults());
  }

  /** Loads an {@code .onnx} file. A provider that is not there is refused (RT-005). */
  public static Session open(Path model, SessionOptions options) {
    return ModelLoader.load(model, options);
  }

  /** Loads a model from the bytes of an {@code .onnx} file, which are copied. */
  public static Session open(byte[] model) {
    return open(model, SessionOptions.defaults());
  }

  /** Loads a model from the bytes of an {@code .onnx} file, which are copied. */
  public static Session open(byte[] model, SessionOptions options) {
    return ModelLoader.load("model of " + model.length + " bytes", model, options);
  }

  /**
   * What the model takes, by name, in its own order. An axis without a fixed size has a symbol. A
   * tensor of unknown rank looks like a scalar, since ONNX Runtime's Java API does not tell them
   * apart; such an input takes any shape.
   */
  public Map<String, TensorType> inputs() {
    return signature.inputs();
  }

  /** What the model gives, by name, in its own order. */
  public Map<String, TensorType> outputs() {
    return signature.outputs();
  }

  /**
   * What the model takes, by name: tensors and containers, for {@link #runValues}. Containers that
   * ONNX Runtime's Java API does not carry are in {@link #inputs} the parts that stand for them.
   */
  public Map<String, Type> inputTypes() {
    return signature.values().inputs();
  }

  /** The notes that the model's file carries, sorted by key. */
  public Map<String, String> metadata() {
    return signature.metadata();
  }

  /** The file's path, or what else the model came from. */
  public String name() {
    return nativeSession.name();
  }

  /** All outputs, in the model's order. Inputs are not copied, outputs are new tensors. */
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    return run(inputs, signature.allOutputs(name()), null);
  }

  /** The outputs named, in that order; what only other outputs need is not computed. */
  public Map<String, Tensor> run(Map<String, Tensor> inputs, Collection<String> outputs) {
    return run(inputs, outputs, null);
  }

  /**
   * The outputs named, in that order.
   *
   * @param inputs a tensor for every input of the model; refused unless element types, ranks, fixed
   *     sizes and symbols agree (RT-010 to RT-015)
   * @param outputs names of outputs (RT-008)
   * @param deadline when to give the run up (RT-022), or null for never; the run ends after the
   *     operator that is then under way
   */
  public Map<String, Tensor> run(
      Map<String, Tensor> inputs, Collection<String> outputs, @Nullable Duration deadline) {
    nativeSession.requireOpen();
    Set<String> wanted = signature.outputs(outputs, name());
    Map<Dim, InputCheck.Bound> sizes = InputCheck.check(inputs(), inputs, Map.of());
    Map<String, long[]> shapes = pinning ? resolve(wanted, sizes) : Map.of();
    try (NativeInputs in = new NativeInputs(name(), inputs)) {
      if (!shapes.isEmpty()) {
        try {
          return run(in, wanted, shapes, deadline);
        } catch (DiagnosticException e) {
          if (!Refusal.isFailedRun(e)) {
            throw e;
          }
        }
      }
      Map<String, Tensor> results = run(in, wanted, Map.of(), deadline);
      pinning &= shapes.isEmpty();
      return results;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * All outputs of a model that takes or gives sequences, optionals or maps, in the model's order.
   *
   * @param inputs data for every input, each of the type that {@link #inputTypes} says (RT-010 to
   *     RT-016, RT-051)
   */
  public Map<String, Datum> runValues(Map<String, ? extends Datum> inputs) {
    nativeSession.requireOpen();
    Map<String, Tensor> parts = new LinkedHashMap<>();
    inputs.forEach(
        (name, datum) -> parts.putAll(Packing.parts(name, inputTypes().get(name), datum)));
    InputCheck.check(whole(inputs()), whole(parts), Map.of());
    try (NativeInputs in = new NativeInputs(name(), parts)) {
      return nativeSession.run(in.values(), signature.requested(), Map.of(), null, this::read);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private Map<String, Datum> read(OrtSession.Result result) throws OrtException {
    Unpacking unpacking = new Unpacking(result);
    Map<String, Datum> data = new LinkedHashMap<>();
    for (Map.Entry<String, Type> output : signature.carriedOutputs(name()).entrySet()) {
      data.put(output.getKey(), unpacking.read(output.getKey(), output.getValue()));
    }
    return data;
  }

  /** Without the parts of containers, whose shapes differ from run to run. */
  private <T> Map<String, T> whole(Map<String, T> values) {
    Map<String, T> whole = new LinkedHashMap<>(values);
    whole.keySet().removeIf(name -> inputs().containsKey(name) && !inputTypes().containsKey(name));
    return whole;
  }

  private Map<String, Tensor> run(
      NativeInputs in,
      Set<String> wanted,
      Map<String, long[]> shapes,
      @Nullable Duration deadline) {
    try (NativeOutputs out = new NativeOutputs(name(), signature, wanted, shapes)) {
      return nativeSession.run(in.values(), out.requested(), out.pinned(), deadline, out::read);
    }
  }

  private Map<String, long[]> resolve(Set<String> wanted, Map<Dim, InputCheck.Bound> sizes) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (String name : wanted) {
      long[] dims = InputCheck.resolve(outputs().get(name).shape(), sizes);
      if (dims != null) {
        shapes.put(name, dims);
      }
    }
    return shapes;
  }

  Signature signature() {
    return signature;
  }

  NativeSession nativeSession() {
    return nativeSession;
  }

  @Override
  public void close() {
    handle.close();
  }

  @Override
  public String toString() {
    return name() + ": " + Refusal.list(inputs()) + " -> " + Refusal.list(outputs());
  }
}
