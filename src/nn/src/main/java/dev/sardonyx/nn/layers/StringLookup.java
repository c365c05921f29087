package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts as their places in a vocabulary, int64, or, inverted, places as texts. */
public final class StringLookup extends IndexLookup<String> {
  private String encoding = "utf-8";

  StringLookup() {
    super(LookupTokens.TEXTS);
    options().oovToken = "[UNK]";
  }

  /** With one place, the first, for unknown texts; {@link #adapt} finds the vocabulary. */
  public static StringLookup stringLookup() {
    return new StringLookup();
  }

  /** With these tokens, each once, in their order. */
  public static StringLookup stringLookup(List<String> vocabulary) {
    StringLookup made = new StringLookup();
    made.words().give(vocabulary);
    return made;
  }

  /** How many places there are at most, the special ones among them; at least 2. */
  public StringLookup maxTokens(long most) {
    options().maxTokens = most;
    return checked();
  }

  /** How many places unknown texts share, by their hashes; without any they are refused. */
  public StringLookup numOovIndices(long places) {
    options().numOovIndices = places;
    return checked();
  }

  /** The text that means nothing: place 0, and in the other output modes none. */
  public StringLookup maskToken(@Nullable String token) {
    options().maskToken = token;
    return checked();
  }

  /** What unknown places become where {@code invert} is set; {@code [UNK]}. */
  public StringLookup oovToken(String token) {
    options().oovToken = token;
    return checked();
  }

  /** Goes from places to texts. */
  public StringLookup invert(boolean isInverse) {
    options().invert = isInverse;
    return checked();
  }

  /** What becomes of places; they stay by default. */
  public StringLookup outputMode(CategoryOutput mode) {
    options().outputMode = mode;
    return checked();
  }

  /** Makes vectors as long as the most tokens, whatever the vocabulary. */
  public StringLookup padToMaxTokens(boolean pads) {
    options().padToMaxTokens = pads;
    return checked();
  }

  /** Hashes unknown texts by SipHash under this key instead of by FarmHash. */
  public StringLookup salt(long first, long second) {
    options().salt = List.of(first, second);
    return checked();
  }

  private StringLookup checked() {
    options().check();
    if (!words().tokens().isEmpty()) {
      words().again();
    }
    return this;
  }

  /** Sets the vocabulary, with the special tokens in front or without. */
  public StringLookup vocabulary(List<String> tokens) {
    words().set(tokens);
    return this;
  }

  /** For {@code tf_idf}: how rare each token is. */
  public StringLookup idfWeights(List<Double> weights) {
    words().rarity(weights);
    return this;
  }

  /** All places' tokens. */
  public List<String> vocabulary() {
    return words().all();
  }

  /** Makes a vocabulary of the texts in data, the most frequent first; a row is a document. */
  public StringLookup adapt(Tensor data) {
    words().learn(Documents.count(LookupTokens.TEXTS, List.of(data)));
    return this;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    encoding = config.text("encoding", encoding);
  }
}
