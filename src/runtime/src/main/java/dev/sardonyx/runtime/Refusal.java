package dev.sardonyx.runtime;

import ai.onnxruntime.OrtException;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the runtime refuses, other than a model's inputs ({@link InputRefusal}). */
final class Refusal {
  private static final int LONGEST_REASON = 200;

  private Refusal() {}

  static DiagnosticException of(String code, String message, String received, String help) {
    return diagnostic(code, message, received, help).exception();
  }

  private static Diagnostic diagnostic(String code, String message, String received, String help) {
    return new Diagnostic(code, message, Location.current(), received, help);
  }

  static DiagnosticException unreadable(String file, String why, @Nullable Throwable cause) {
    Diagnostic diagnostic =
        diagnostic(
            "RT-001",
            "the model cannot be read: " + why,
            file,
            "give the path of a readable .onnx file");
    return cause == null ? diagnostic.exception() : diagnostic.exception(cause);
  }

  static DiagnosticException invalidModel(String name, OrtException cause) {
    return diagnostic(
            "RT-002",
            "ONNX Runtime cannot load the model: " + NativeMessage.clean(cause),
            name,
            "check that it is a complete .onnx file whose operators this ONNX Runtime knows")
        .exception(cause);
  }

  static DiagnosticException noNativeLibrary(Throwable cause) {
    return diagnostic(
            "RT-003",
            "ONNX Runtime's native library cannot be loaded",
            String.valueOf(cause.getMessage()),
            "ONNX Runtime needs 64-bit Linux, Windows or macOS and a writable temporary directory")
        .exception(cause);
  }

  static DiagnosticException twoRuntimes(Collection<String> jars) {
    return of(
        "RT-004",
        "there are two different ONNX Runtimes on the class path",
        String.join("   ", jars),
        "keep one: onnxruntime_gpu for CUDA, else onnxruntime; exclude the other from the build");
  }

  static DiagnosticException noProvider(String wanted, Collection<String> available) {
    return of(
        "RT-005",
        "this build of ONNX Runtime has no " + wanted + " execution provider",
        "available: " + String.join(", ", available),
        "use the CPU, or replace the artifact onnxruntime by onnxruntime_gpu of the same version");
  }

  static DiagnosticException providerFailed(String wanted, OrtException cause) {
    return diagnostic(
            "RT-005",
            "the " + wanted + " execution provider cannot be used: " + NativeMessage.clean(cause),
            wanted,
            "check the driver, the CUDA libraries and the device's number")
        .exception(cause);
  }

  static DiagnosticException negativeThreads(int intra, int inter) {
    return of(
        "RT-006",
        "a number of threads cannot be negative",
        "intraOpThreads: " + intra + "   interOpThreads: " + inter,
        "give 0 for ONNX Runtime's own choice");
  }

  static DiagnosticException notATensor(String name, String what, String model) {
    return of(
        "RT-007",
        "\"" + name + "\" is " + what + ", which the runtime does not carry",
        model,
        "ask for sequences and maps with runValues, or for the other outputs by name");
  }

  static DiagnosticException unreadableNote(String model, Exception cause) {
    String why = String.valueOf(cause.getMessage());
    return diagnostic(
            "RT-050",
            "the model's notes on its types cannot be read: "
                + (why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) + "…" : why),
            model,
            "remove the metadata that begin with sardonyx.input or sardonyx.output")
        .exception(cause);
  }

  static DiagnosticException unknownInput(String name, Datum datum) {
    return of(
        "RT-011",
        "the model has no input \"" + name + "\"",
        "got " + name + ": " + shown(datum),
        "give values for the inputs that the model takes, by their names");
  }

  static DiagnosticException wrongKind(String name, Type type, Datum datum) {
    return of(
        "RT-051",
        "input \"%s\" takes %s, got %s".formatted(name, type, shown(datum)),
        "the model takes " + name + ": " + type,
        "give data of the type that the model takes");
  }

  private static String shown(Datum datum) {
    return datum instanceof Datum.Single single
        ? single.tensor().type().toString()
        : "a datum of the kind " + datum.getClass().getSimpleName();
  }

  static DiagnosticException unknownOutput(String name, Map<String, TensorType> outputs) {
    return of(
        "RT-008",
        "the model has no output \"" + name + "\"",
        "the model gives " + list(outputs),
        "ask for outputs by these names");
  }

  static DiagnosticException noOutputs(Map<String, TensorType> outputs) {
    return of(
        "RT-008",
        "no output is asked for",
        "the model gives " + list(outputs),
        "name at least one output");
  }

  static DiagnosticException closed(String name) {
    return of(
        "RT-020",
        "the session is closed",
        name,
        "run models inside the session's try block, or open another session");
  }

  static DiagnosticException terminatedByClose(String name, Throwable cause) {
    return diagnostic(
            "RT-021",
            "the session was closed while this run was under way",
            name,
            "let runs end before the session is closed")
        .exception(cause);
  }

  static DiagnosticException deadline(String name, Duration deadline) {
    return of(
        "RT-022",
        "the run did not end within its deadline",
        name + "   deadline: " + deadline,
        "allow more time, or give the model less work");
  }

  static DiagnosticException failedRun(
      String name, Map<String, TensorType> inputs, OrtException cause) {
    String message = NativeMessage.clean(cause);
    boolean memory = message.contains("Failed to allocate") || message.contains("bad_alloc");
    return diagnostic(
            "RT-023",
            "ONNX Runtime stopped with an error: " + message,
            inputs.isEmpty() ? name : name + "   got " + list(inputs),
            memory
                ? "the operator named above asks for more memory than there is; give less data"
                : "the operator named above did not accept the values or shapes that reached it")
        .exception(cause);
  }

  static DiagnosticException tooLarge(String name, TensorType type) {
    return of(
        "RT-024",
        "output \"" + name + "\" is larger than 2 GiB",
        name + ": " + type,
        "run smaller batches");
  }

  /** Whether ONNX Runtime itself failed, rather than being stopped. */
  static boolean isFailedRun(DiagnosticException e) {
    return e.diagnostic().code().equals("RT-023");
  }

  /** Names with types, cut after eight. */
  static String list(Map<String, TensorType> types) {
    String shown =
        types.entrySet().stream()
            .limit(8)
            .map(e -> e.getKey() + ": " + e.getValue())
            .collect(Collectors.joining("   "));
    return types.size() > 8 ? shown + "   and " + (types.size() - 8) + " more" : shown;
  }
}
