package dev.sardonyx.compiler;

import dev.sardonyx.compiler.lowering.Border;
import dev.sardonyx.compiler.lowering.KernelTable;
import dev.sardonyx.compiler.lowering.Kernels;
import dev.sardonyx.compiler.lowering.Lower;
import dev.sardonyx.compiler.lowering.NamedLocale;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a graph is to be run by: which operators it has, on which element types, at which opset.
 *
 * <p>{@link #prepare} makes of any graph one that the target runs, and says at which opset it is to
 * be written.
 *
 * @param name what errors call it
 * @param kernels what the runtime has, or null where only the opset matters
 * @param oldest the opset at which graphs are written unless they need a newer one
 * @param newest the newest opset that may be chosen
 * @param sparing whether operators are rather said in others than written at a newer opset
 * @param locale whose letters texts have that leave it to the runtime; null leaves it there
 */
public record Target(
    String name,
    @Nullable KernelTable kernels,
    int oldest,
    int newest,
    boolean sparing,
    @Nullable String locale) {
  /** CUDA's kernels all exist at this opset; later ones lose some of them silently. */
  private static final int USUAL = 18;

  /** The tables are read when the first one is asked for. */
  private static final class Known {
    static final KernelTable CPU = KernelTable.read("onnxruntime-1.29-cpu.tsv");
  }

  /** ONNX Runtime 1.29 on the processor. */
  public static Target onnxRuntime129Cpu() {
    return new Target(
        "ONNX Runtime 1.29 on the CPU", Known.CPU, USUAL, Known.CPU.newestOpset(), false, null);
  }

  /**
   * ONNX Runtime 1.29 on an NVIDIA GPU, whose kernels match by exact version: an operator written
   * at a newer opset than its kernel's falls back to the CPU silently, and at 18 none does. What
   * CUDA does not have falls to the CPU, so that the CPU's table tells what runs at all.
   */
  public static Target onnxRuntime129Cuda() {
    return new Target(
        "ONNX Runtime 1.29 on CUDA", Known.CPU, USUAL, Known.CPU.newestOpset(), true, null);
  }

  /**
   * The same on this machine. Texts whose locale is left to the runtime change their letters by
   * {@code C.UTF-8} where this is Linux: ONNX Runtime asks for {@code en_US.UTF-8}, which small
   * installations lack, and the letters of both are Unicode's. A file for other machines leaves it
   * open, since no name is known to all systems.
   */
  public Target here() {
    boolean linux = System.getProperty("os.name").startsWith("Linux");
    return new Target(name, kernels, oldest, newest, sparing, linux ? "C.UTF-8" : null);
  }

  /**
   * Any runtime that has the whole standard at this opset. What the opset lacks is said in others
   * as the file is written.
   */
  public static Target opset(int opset) {
    return new Target("opset " + opset, null, opset, opset, false, null);
  }

  /** The same at this opset, or at a newer one where this does not have the graph's operators. */
  public static Target opsetFrom(int opset) {
    int newest = Math.max(opset, 26);
    return new Target("opset " + opset + " or newer", null, opset, newest, true, null);
  }

  /**
   * A graph ready to be written for the target.
   *
   * @param opset the opset to write it at
   */
  public record Prepared(Graph graph, int opset) {}

  /**
   * The graph in operators that the target has.
   *
   * <p>It is written at the oldest opset at which nothing lacks a kernel; failing that, at the one
   * at which the least has to be said in others.
   *
   * @throws DiagnosticException for an operator that the target lacks and that cannot be said in
   *     others (GRAPH-020)
   */
  public Prepared prepare(Graph graph) {
    Graph own = NamedLocale.in(new LowerGradient().run(graph), locale);
    if (kernels == null) {
      return new Prepared(own, oldest);
    }
    Graph carried = new Border(this::runsSomewhere).run(own);
    if (lower(oldest).missing(carried).isEmpty()) {
      return prepared(carried, oldest);
    }
    List<Node> missing = List.of();
    for (int opset : opsets(carried)) {
      Lower lower = lower(opset);
      Graph lowered = lower.run(carried);
      List<Node> left = lower.missing(lowered);
      if (left.isEmpty()) {
        return new Prepared(lowered, opset);
      }
      missing = missing.isEmpty() ? left : missing;
    }
    throw refuse(missing.get(0));
  }

  private Prepared prepared(Graph graph, int opset) {
    return new Prepared(lower(opset).run(graph), opset);
  }

  private List<Integer> opsets(Graph graph) {
    Comparator<Integer> least = Comparator.comparingInt(o -> lower(o).effort(graph));
    return IntStream.rangeClosed(oldest, newest)
        .boxed()
        .sorted(sparing ? Comparator.naturalOrder() : least)
        .toList();
  }

  private boolean runsSomewhere(Node node) {
    return IntStream.rangeClosed(oldest, newest).anyMatch(opset -> at(opset).runs(node));
  }

  private Lower lower(int opset) {
    return new Lower(at(opset));
  }

  private Kernels at(int opset) {
    return new Kernels(Objects.requireNonNull(kernels), opset);
  }

  private DiagnosticException refuse(Node node) {
    return new Diagnostic(
            "GRAPH-020",
            "%s does not run on %s".formatted(OpSchema.of(node.op()).type(), name),
            node.at(),
            "%s on %s".formatted(node.op(), node.inputs()),
            "it has no kernel on these types, and the operator cannot be said in others; cast its"
                + " inputs or use other operators")
        .exception();
  }
}
