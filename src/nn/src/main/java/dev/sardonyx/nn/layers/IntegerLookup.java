package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Integers as their places in a vocabulary, int64, or, inverted, places as integers. */
public final class IntegerLookup extends IndexLookup<Long> {
  IntegerLookup() {
    super(LookupTokens.INTEGERS);
    options().oovToken = -1L;
  }

  /** With one place, the first, for unknown integers; {@link #adapt} finds the vocabulary. */
  public static IntegerLookup integerLookup() {
    return new IntegerLookup();
  }

  /** With these integers, each once, in their order. */
  public static IntegerLookup integerLookup(long... vocabulary) {
    IntegerLookup made = new IntegerLookup();
    made.words().give(Arrays.stream(vocabulary).boxed().toList());
    return made;
  }

  /** How many places there are at most, the special ones among them; at least 2. */
  public IntegerLookup maxTokens(long most) {
    options().maxTokens = most;
    return checked();
  }

  /** How many places unknown integers share; without any they are refused. */
  public IntegerLookup numOovIndices(long places) {
    options().numOovIndices = places;
    return checked();
  }

  /** The integer that means nothing: place 0, and in the other output modes none. */
  public IntegerLookup maskToken(@Nullable Long token) {
    options().maskToken = token;
    return checked();
  }

  /** What unknown places become where {@code invert} is set; -1. */
  public IntegerLookup oovToken(long token) {
    options().oovToken = token;
    return checked();
  }

  /** Goes from places to integers. */
  public IntegerLookup invert(boolean isInverse) {
    options().invert = isInverse;
    return checked();
  }

  /** What becomes of places; they stay by default. */
  public IntegerLookup outputMode(CategoryOutput mode) {
    options().outputMode = mode;
    return checked();
  }

  /** Makes vectors as long as the most tokens, whatever the vocabulary. */
  public IntegerLookup padToMaxTokens(boolean pads) {
    options().padToMaxTokens = pads;
    return checked();
  }

  /** Tells unknown integers apart by FarmHash instead of by their remainder. */
  public IntegerLookup farmHash() {
    options().oovMethod = "farmhash";
    return checked();
  }

  /** Tells unknown integers apart by SipHash under this key. */
  public IntegerLookup salt(long first, long second) {
    options().oovMethod = "farmhash";
    options().salt = List.of(first, second);
    return checked();
  }

  private IntegerLookup checked() {
    options().check();
    if (!words().tokens().isEmpty()) {
      words().again();
    }
    return this;
  }

  /** Sets the vocabulary, with the special tokens in front or without. */
  public IntegerLookup vocabulary(List<Long> tokens) {
    words().set(tokens);
    return this;
  }

  /** For {@code tf_idf}: how rare each integer is. */
  public IntegerLookup idfWeights(List<Double> weights) {
    words().rarity(weights);
    return this;
  }

  /** All places' tokens. */
  public List<Long> vocabulary() {
    return words().all();
  }

  /** Makes a vocabulary of the integers in data, the most frequent first; a row is a document. */
  public IntegerLookup adapt(Tensor data) {
    words().learn(Documents.count(LookupTokens.INTEGERS, List.of(data)));
    return this;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    config.unsupported("vocabulary_dtype", "int64");
  }
}
