package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts, [batch] or [batch, 1], as the places of their words in a vocabulary, [batch, words], 0
 * where a text has ended and 1 for unknown words; or as vectors of which words occur. It runs in
 * Java in front of the graph.
 */
public final class TextVectorization extends SingleInputLayer implements JavaLayer, HasAssets {
  private final TextSplitter splitter = new TextSplitter(this);
  private final StringLookup lookup = StringLookup.stringLookup();
  private @Nullable Long outputSequenceLength;
  private String encoding = "utf-8";

  TextVectorization() {
    lookup.options().maskToken = "";
  }

  /** Lower-case words without punctuation, divided at white space; {@link #adapt} finds them. */
  public static TextVectorization textVectorization() {
    return new TextVectorization();
  }

  /** With these words, each once, in their order. */
  public static TextVectorization textVectorization(List<String> vocabulary) {
    TextVectorization made = new TextVectorization();
    made.lookup.words().give(vocabulary);
    return made;
  }

  /** How many places there are at most, the two special ones among them; at least 2. */
  public TextVectorization maxTokens(long most) {
    lookup.maxTokens(most);
    return this;
  }

  /** What is done to texts first; lower case without punctuation by default, null for nothing. */
  public TextVectorization standardize(@Nullable Standardization first) {
    splitter.standardize = first;
    return this;
  }

  /** Where texts are divided; at white space by default, null for nowhere. */
  public TextVectorization split(@Nullable TextSplit where) {
    splitter.split = where;
    return this;
  }

  /** Words become rows of up to {@code longest} words that stand side by side. */
  public TextVectorization ngrams(long longest) {
    splitter.ngrams(longest);
    return this;
  }

  /** Words become rows of so many words that stand side by side, for each of these lengths. */
  public TextVectorization ngrams(List<Long> lengths) {
    splitter.ngrams(lengths);
    return this;
  }

  /** What becomes of the places; they stay by default. */
  public TextVectorization outputMode(CategoryOutput mode) {
    lookup.outputMode(mode);
    return this;
  }

  /** Cuts or fills up every row of places to this length; that of the longest by default. */
  public TextVectorization outputSequenceLength(long length) {
    outputSequenceLength = Allowed.atLeast(1, this, "output_sequence_length", length);
    return this;
  }

  /** Makes vectors as long as the most tokens, whatever the vocabulary. */
  public TextVectorization padToMaxTokens(boolean pads) {
    lookup.padToMaxTokens(pads);
    return this;
  }

  /** Sets the vocabulary, with the two special tokens in front or without. */
  public TextVectorization vocabulary(List<String> tokens) {
    lookup.vocabulary(tokens);
    return this;
  }

  /** For {@code tf_idf}: how rare each word is. */
  public TextVectorization idfWeights(List<Double> weights) {
    lookup.idfWeights(weights);
    return this;
  }

  /** All places' words. */
  public List<String> vocabulary() {
    return lookup.vocabulary();
  }

  /** Makes a vocabulary of the words in texts, the most frequent first; each text is a document. */
  public TextVectorization adapt(Tensor texts) {
    TokenCounts<String> counts = new TokenCounts<>();
    splitter.rows(column(texts)).forEach(counts::add);
    lookup.words().learn(counts);
    return this;
  }

  private static Tensor column(Tensor texts) {
    return texts.dims().length == 1 ? texts.reshape(texts.dims()[0], 1) : texts;
  }

  @Override
  public Map<String, Layer> parts() {
    return Map.of("_lookup_layer", lookup);
  }

  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  protected Value call(Call call, Value x) {
    splitter.check(x.tensorType());
    if (!(call instanceof ShapeProbe)) {
      lookup.words().requireTokens();
    }
    return call.inJava(this, List.of(x));
  }

  @Override
  public TensorType resultType(List<TensorType> inputs) {
    List<Dim> dims = new ArrayList<>(splitter.outer(inputs.get(0).shape().dims()));
    CategoryOutput mode = lookup.options().outputMode;
    ElementType element = mode == CategoryOutput.TF_IDF ? ElementType.FLOAT32 : ElementType.INT64;
    boolean vector = splitter.isVector(inputs.get(0).shape().rank());
    boolean whole = mode == CategoryOutput.ONE_HOT && splitter.isWhole(inputs.get(0).shape());
    if (mode == CategoryOutput.INT || mode == CategoryOutput.ONE_HOT && !whole) {
      dims.add(length(inputs.get(0), mode));
    } else if (vector && mode != CategoryOutput.ONE_HOT) {
      dims.clear();
    }
    if (mode != CategoryOutput.INT) {
      dims.add(Dim.of(lookup.words().depth()));
    }
    return new TensorType(element, Shape.of(dims));
  }

  private Dim length(TensorType input, CategoryOutput mode) {
    if (outputSequenceLength != null && mode == CategoryOutput.INT) {
      return Dim.of(outputSequenceLength);
    }
    return splitter.divides()
        ? Dim.symbol(name() == null ? "words" : name() + "_words")
        : input.shape().dim(-1);
  }

  @Override
  public Tensor compute(List<Tensor> inputs) {
    Tensor texts = inputs.get(0);
    WordRows rows =
        new WordRows(
            splitter.rows(texts).stream()
                .map(row -> row.stream().mapToLong(lookup::place).toArray())
                .toList());
    CategoryOutput mode = lookup.options().outputMode;
    if (mode == CategoryOutput.INT) {
      return rows.padded(splitter.outer(texts.dims()), outputSequenceLength);
    }
    long depth = lookup.words().depth();
    if (mode == CategoryOutput.ONE_HOT && !splitter.isWhole(texts.shape())) {
      return rows.oneHot(splitter.outer(texts.dims()), depth);
    }
    long[] outer =
        splitter.isVector(texts.dims().length) ? new long[0] : splitter.outer(texts.dims());
    return mode == CategoryOutput.TF_IDF
        ? rows.weighted(outer, lookup.words().weights(false))
        : rows.counts(outer, depth, mode != CategoryOutput.COUNT);
  }

  @Override
  public Map<String, byte[]> assets() {
    return lookup.assets();
  }

  @Override
  public void asset(String name, byte[] bytes) {
    lookup.asset(name, bytes);
  }

  @Override
  public Map<String, Tensor> namedVariables() {
    return lookup.namedVariables();
  }

  @Override
  public void namedVariable(String name, Tensor value) {
    lookup.namedVariable(name, value);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    LookupOptions<String> options = lookup.options();
    options.maxTokens = config.optionalInteger("max_tokens", options.maxTokens);
    splitter.configure(config);
    options.outputMode = CategoryOptions.mode(config, options.outputMode);
    outputSequenceLength = config.optionalInteger("output_sequence_length", outputSequenceLength);
    options.padToMaxTokens = config.flag("pad_to_max_tokens", options.padToMaxTokens);
    config.unsupported("sparse", false);
    config.unsupported("ragged", false);
    encoding = config.text("encoding", encoding);
    options.check();
    lookup.words().configure(config);
    if (config.has("has_input_vocabulary")) {
      config.flag("has_input_vocabulary", true);
    }
  }
}
