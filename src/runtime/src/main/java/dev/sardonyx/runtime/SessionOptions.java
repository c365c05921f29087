package dev.sardonyx.runtime;

import java.util.List;

/**
 * How a model is loaded and run. Start from {@link #defaults()} and change what matters:
 *
 * <pre>{@code
 * SessionOptions.defaults().withIntraOpThreads(1).withDeterministic(true)
 * }</pre>
 *
 * @param intraOpThreads threads that share the work of one operator; 0, the default, is one for
 *     every physical core
 * @param interOpThreads operators that may run at the same time; 1, the default, runs them one
 *     after the other, which is the fastest for most models; 0 is one for every physical core
 * @param optimization what ONNX Runtime may do to the graph when it loads it; by default all
 * @param spinning whether idle threads wait for work in a busy loop for a moment, by default yes.
 *     Without it a run takes 4 to 40 % longer, but two libraries that spin in one process, or a
 *     process that should leave the machine to others, are better off without
 * @param deterministic whether ONNX Runtime must choose kernels that give the same bits at every
 *     run, by default no
 * @param providers where the model runs, the most wanted first; what a provider cannot run falls to
 *     the next, and in the end to the CPU. By default the CPU alone
 */
public record SessionOptions(
    int intraOpThreads,
    int interOpThreads,
    Optimization optimization,
    boolean spinning,
    boolean deterministic,
    List<ExecutionProvider> providers) {

  /** ONNX Runtime's levels of graph optimization; each contains those before it. */
  public enum Optimization {
    /** The graph runs as it is written. */
    NONE,
    /** Constant folding and the removal of what is redundant. */
    BASIC,
    /** Fused operators as well. */
    EXTENDED,
    /** Data layouts that suit the processor as well. */
    LAYOUT,
    /** Everything there is. */
    ALL
  }

  private static final SessionOptions DEFAULTS =
      new SessionOptions(0, 1, Optimization.ALL, true, false, List.of(ExecutionProvider.CPU));

  /** Refuses a negative number of threads (RT-006). */
  public SessionOptions {
    if (intraOpThreads < 0 || interOpThreads < 0) {
      throw Refusal.negativeThreads(intraOpThreads, interOpThreads);
    }
    providers = List.copyOf(providers);
  }

  public static SessionOptions defaults() {
    return DEFAULTS;
  }

  public SessionOptions withIntraOpThreads(int threads) {
    return new SessionOptions(
        threads, interOpThreads, optimization, spinning, deterministic, providers);
  }

  public SessionOptions withInterOpThreads(int threads) {
    return new SessionOptions(
        intraOpThreads, threads, optimization, spinning, deterministic, providers);
  }

  public SessionOptions withOptimization(Optimization level) {
    return new SessionOptions(
        intraOpThreads, interOpThreads, level, spinning, deterministic, providers);
  }

  public SessionOptions withSpinning(boolean spin) {
    return new SessionOptions(
        intraOpThreads, interOpThreads, optimization, spin, deterministic, providers);
  }

  public SessionOptions withDeterministic(boolean same) {
    return new SessionOptions(
        intraOpThreads, interOpThreads, optimization, spinning, same, providers);
  }

  public SessionOptions withProviders(ExecutionProvider... wanted) {
    return new SessionOptions(
        intraOpThreads, interOpThreads, optimization, spinning, deterministic, List.of(wanted));
  }
}
