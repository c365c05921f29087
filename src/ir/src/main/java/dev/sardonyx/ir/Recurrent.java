package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Recurrent layers over whole sequences.
 *
 * <p>X is [T,N,I], the weights W [D,G·H,I] and R [D,G·H,H], the bias B [D,2·G·H], first W's then
 * R's, for T time steps, N samples, I features, D directions, H hidden units and G gates, whose
 * parts lie one after another. Initial states are [D,N,H]; the results are all hidden states
 * [T,D,N,H] and the last states [D,N,H]. With layout 1 samples come first: X is [N,T,I], states are
 * [N,D,H] and all hidden states [N,T,D,H]. {@code sequence_lens} [N] says how many steps count for
 * each sample; states stay as they are after them, and the hidden states there are zeros.
 *
 * <p>Activations are named Relu, Tanh, Sigmoid, Affine, LeakyRelu, ThresholdedRelu, ScaledTanh,
 * HardSigmoid, Elu, Softsign and Softplus, for each direction in turn; those with parameters take
 * the next of {@code activationAlpha} and {@code activationBeta}.
 */
public sealed interface Recurrent extends Op, Expandable {
  /** Which way a layer walks over the time steps. */
  enum Direction {
    FORWARD,
    REVERSE,
    /** Both ways, by two layers side by side. */
    BIDIRECTIONAL;

    /** How many layers there are. */
    public int count() {
      return this == BIDIRECTIONAL ? 2 : 1;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  List<Float> activationAlpha();

  List<Float> activationBeta();

  List<String> activations();

  @Nullable Float clip();

  Direction direction();

  @Nullable Long hiddenSize();

  long layout();

  /** How many gates there are, the one that makes the candidate among them. */
  int gates();

  /** What each direction's activations are where none are given. */
  List<String> defaultActivations();

  /** How many states are carried from step to step. */
  int states();

  /** The same layer on time steps first, its hidden size spelt out. */
  Recurrent timeFirst(@Nullable Long hidden);

  @Override
  default List<Type> infer(Inference in) {
    return new RecurrentShapes(in, this).types();
  }

  @Override
  default @Nullable List<@Nullable Value> expand(Expansion e) {
    return RecurrentExpansion.of(e, this);
  }

  /** h = f(x·Wᵀ + h·Rᵀ + b), with f tanh. */
  @Onnx(since = 22, from = 7, inputs = "X W R B? sequence_lens? initial_h?", outputs = "Y? Y_h?")
  record RNN(
      List<Float> activationAlpha,
      List<Float> activationBeta,
      @Default("Tanh,Tanh") List<String> activations,
      @Nullable Float clip,
      @Default("forward") Direction direction,
      @Nullable Long hiddenSize,
      @Default("0") long layout)
      implements Recurrent {
    @Override
    public int gates() {
      return 1;
    }

    @Override
    public List<String> defaultActivations() {
      return List.of("Tanh");
    }

    @Override
    public int states() {
      return 1;
    }

    @Override
    public Recurrent timeFirst(@Nullable Long hidden) {
      return new RNN(activationAlpha, activationBeta, activations, clip, direction, hidden, 0);
    }
  }

  /**
   * The gated recurrent unit: z = f(x·Wzᵀ + h·Rzᵀ + bz), r = f(x·Wrᵀ + h·Rrᵀ + br), h' = g(x·Whᵀ +
   * (r·h)·Rhᵀ + bh) and h = (1 - z)·h' + z·h, with f the sigmoid and g tanh.
   *
   * @param linearBeforeReset whether r multiplies h·Rhᵀ and R's bias instead of h
   */
  @Onnx(since = 22, from = 7, inputs = "X W R B? sequence_lens? initial_h?", outputs = "Y? Y_h?")
  record GRU(
      List<Float> activationAlpha,
      List<Float> activationBeta,
      List<String> activations,
      @Nullable Float clip,
      @Default("forward") Direction direction,
      @Nullable Long hiddenSize,
      @Default("0") long layout,
      @Default("0") boolean linearBeforeReset)
      implements Recurrent {
    @Override
    public int gates() {
      return 3;
    }

    @Override
    public List<String> defaultActivations() {
      return List.of("Sigmoid", "Tanh");
    }

    @Override
    public int states() {
      return 1;
    }

    @Override
    public Recurrent timeFirst(@Nullable Long hidden) {
      return new GRU(
          activationAlpha,
          activationBeta,
          activations,
          clip,
          direction,
          hidden,
          0,
          linearBeforeReset);
    }
  }

  /**
   * Long short-term memory: i = f(x·Wiᵀ + h·Riᵀ + Pi·c + bi), o and f the like (o with the new c),
   * c' = g(x·Wcᵀ + h·Rcᵀ + bc), c = f·c + i·c' and h = o·h(c), with f the sigmoid, g and h tanh.
   * The gates lie in the order i, o, f, c; the peepholes P are [D,3·H].
   *
   * @param inputForget whether the forget gate is 1 - i
   */
  @Onnx(
      since = 22,
      from = 7,
      inputs = "X W R B? sequence_lens? initial_h? initial_c? P?",
      outputs = "Y? Y_h? Y_c?")
  record LSTM(
      List<Float> activationAlpha,
      List<Float> activationBeta,
      List<String> activations,
      @Nullable Float clip,
      @Default("forward") Direction direction,
      @Nullable Long hiddenSize,
      @Default("0") boolean inputForget,
      @Default("0") long layout)
      implements Recurrent {
    @Override
    public int gates() {
      return 4;
    }

    @Override
    public List<String> defaultActivations() {
      return List.of("Sigmoid", "Tanh", "Tanh");
    }

    @Override
    public int states() {
      return 2;
    }

    @Override
    public Recurrent timeFirst(@Nullable Long hidden) {
      return new LSTM(
          activationAlpha, activationBeta, activations, clip, direction, hidden, inputForget, 0);
    }
  }
}
