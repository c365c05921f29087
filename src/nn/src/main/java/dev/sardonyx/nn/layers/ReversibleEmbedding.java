package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An embedding that also goes back: called with {@code reverse=true}, [batch, …, output_dim]
 * becomes [batch, …, input_dim], the products with all vectors.
 */
public final class ReversibleEmbedding extends Embedding {
  private boolean tieWeights = true;
  private @Nullable Object reverseDtype;
  private @Nullable Double logitSoftCap;
  private @Nullable Weight reverseEmbeddings;

  ReversibleEmbedding() {}

  /**
   * @param inputDim how many integers there are
   * @param outputDim how long a vector is
   */
  public static ReversibleEmbedding reversibleEmbedding(long inputDim, long outputDim) {
    ReversibleEmbedding made = new ReversibleEmbedding();
    made.sizes(inputDim, outputDim);
    return made;
  }

  /** Whether the way back has the same vectors; it has by default. */
  public ReversibleEmbedding tieWeights(boolean ties) {
    tieWeights = ties;
    return this;
  }

  /** The type that the way back computes in; the layer's own by default. */
  public ReversibleEmbedding reverseDtype(@Nullable ElementType element) {
    reverseDtype = element == null ? null : element.toString();
    return this;
  }

  /** Keeps what comes back within ± this by a tanh; nothing does by default. */
  public ReversibleEmbedding logitSoftCap(@Nullable Double cap) {
    logitSoftCap = cap;
    return this;
  }

  /** Takes the way back. */
  public SymbolicTensor reverse(SymbolicTensor x) {
    return apply(Arguments.<SymbolicTensor>of(List.of(x)).with("reverse", true)).get(0);
  }

  @Override
  protected void build(List<TensorType> inputs) {
    super.build(inputs);
    if (!tieWeights && quantization() != null) {
      throw refuse(
          "NN-002",
          "is quantized with weights that are not tied, which is not supported",
          inputs,
          "tie the weights, or save the model without quantization");
    }
    if (!tieWeights) {
      reverseEmbeddings =
          addWeight("reverse_embeddings", initializer(), null, true, outputDim(), inputDim());
    }
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> arguments) {
    if (!arguments.flag(this, 1, "reverse", false)) {
      Masked x = arguments.tensor(this, 0, "inputs");
      return super.callWith(call, Arguments.of(List.of(x)));
    }
    Value x = arguments.tensor(this, 0, "inputs").value().cast(computeType());
    Value logits = quantization() == null ? plain(call, x) : quantized(call, quantization(), x);
    Value capped =
        logitSoftCap == null ? logits : logits.div(logitSoftCap).tanh().mul(logitSoftCap);
    return List.of(Masked.of(capped));
  }

  private Value plain(Call call, Value x) {
    Value kernel =
        tieWeights ? call.weight(table()).transpose(1, 0) : call.weight(built(reverseEmbeddings));
    if (reverseDtype == null) {
      return x.matMul(kernel);
    }
    ElementType wide = DTypePolicy.parse(reverseDtype).compute();
    return x.cast(wide).matMul(kernel.cast(wide));
  }

  /** All vectors as numbers, and the input rounded where the layer rounds it. */
  private Value quantized(Call call, Quantization quantization, Value x) {
    Value ids =
        Value.range(
            Value.scalar(ElementType.INT64, 0),
            Value.scalar(ElementType.INT64, inputDim()),
            Value.scalar(ElementType.INT64, 1));
    Value table = quantization.rows(call, call.variable(table()), ids);
    return quantization.input(call, x, x.shape().rank() - 1).matMul(table.transpose(1, 0));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    tieWeights = config.flag("tie_weights", tieWeights);
    reverseDtype = config.json("reverse_dtype", reverseDtype);
    logitSoftCap = config.optionalNumber("logit_soft_cap", logitSoftCap);
  }
}
