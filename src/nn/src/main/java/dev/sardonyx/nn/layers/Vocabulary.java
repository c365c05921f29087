package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.config.Config;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens of a lookup, and how rare each is. */
final class Vocabulary<K> {
  private static final String FILE = "vocabulary.txt";
  private static final String IDF = "idf_weights";

  private final IndexLookup<K> layer;
  private final LookupOptions<K> options;
  private final LookupTokens<K> kind;
  private List<K> tokens = List.of();
  private @Nullable List<K> given;
  private @Nullable List<Double> idf;
  private @Nullable Long recordedSize;

  Vocabulary(IndexLookup<K> layer, LookupOptions<K> options, LookupTokens<K> kind) {
    this.layer = layer;
    this.options = options;
    this.kind = kind;
  }

  /** The tokens without those for masked and unknown ones. */
  List<K> tokens() {
    return tokens;
  }

  /** All places' tokens. */
  List<K> all() {
    List<K> all = new ArrayList<>(special());
    all.addAll(tokens);
    return Collections.unmodifiableList(all);
  }

  private List<K> special() {
    List<K> special = new ArrayList<>();
    if (options.keepsMask()) {
      special.add(options.maskToken);
    }
    special.addAll(Collections.nCopies((int) options.numOovIndices, options.oovToken));
    return special;
  }

  /** Takes tokens for good, with the special ones in front or without. */
  void give(List<K> newTokens) {
    set(newTokens);
    given = List.copyOf(newTokens);
  }

  /** Takes tokens that were found in data. */
  void set(List<K> newTokens) {
    if (newTokens.isEmpty()) {
      throw refusal("at least one token", newTokens);
    }
    List<K> special = special();
    int n = special.size();
    boolean inFront = newTokens.size() >= n && newTokens.subList(0, n).equals(special);
    List<K> rest = List.copyOf(inFront ? newTokens.subList(n, newTokens.size()) : newTokens);
    Set<K> seen = new HashSet<>();
    for (K token : rest) {
      boolean reserved =
          token.equals(options.maskToken) || options.invert && token.equals(options.oovToken);
      if (!seen.add(token) || reserved) {
        throw refusal("each token once, and special ones only in front", token);
      }
    }
    long size = options.tokenStart() + rest.size();
    if (options.maxTokens != null && size > options.maxTokens) {
      throw refusal("at most %s tokens with the special ones".formatted(options.maxTokens), size);
    }
    tokens = rest;
    recordedSize = size;
    layer.vocabularyChanged();
  }

  /** Takes the same tokens again, after another option has changed. */
  void again() {
    set(given == null ? tokens : given);
  }

  private RuntimeException refusal(String wanted, Object found) {
    return options.refusal("vocabulary", wanted, found, "correct the vocabulary");
  }

  /** Refuses to go on without tokens. */
  void requireTokens() {
    if (tokens.isEmpty()) {
      throw options.refusal(
          "vocabulary", "known before it is used", "null", "give a vocabulary, or call adapt");
    }
  }

  /** The most frequent tokens of {@code counts}. */
  void learn(TokenCounts<K> counts) {
    if (given != null) {
      throw refusal("null where the layer is adapted", "a list");
    }
    long limit = options.maxTokens == null ? Long.MAX_VALUE : options.maxTokens;
    set(counts.mostFrequent(kind.order(), limit - options.tokenStart(), options));
    idf = options.outputMode == CategoryOutput.TF_IDF ? counts.idf(tokens) : null;
  }

  /** How rare each token is, one number for each, or for the special ones in front, too. */
  void rarity(List<Double> weights) {
    idf = List.copyOf(weights);
  }

  /** The length of the vectors that tokens become. */
  long depth() {
    if (options.padToMaxTokens && options.maxTokens != null) {
      return options.maxTokens;
    }
    if (recordedSize == null) {
      requireTokens();
    }
    return recordedSize == null ? options.tokenStart() + tokens.size() : recordedSize;
  }

  /** The number for each place: unknown tokens have the mean, places without a token 0. */
  Tensor weights(boolean probing) {
    int depth = Math.toIntExact(depth());
    float[] weights = new float[depth];
    if (idf == null) {
      if (probing) {
        return Tensor.of(weights);
      }
      throw options.refusal(IDF, "given in the output mode tf_idf", "null", "call adapt");
    }
    boolean whole = idf.size() != tokens.size();
    int front = whole ? 0 : (int) options.tokenStart();
    if (whole && idf.size() != options.tokenStart() + tokens.size() && idf.size() != depth) {
      throw options.refusal(IDF, "one for each token", idf.size() + " numbers", "give as many");
    }
    double mean = idf.stream().mapToDouble(w -> w).average().orElse(0);
    Arrays.fill(weights, 0, front, (float) mean);
    for (int i = 0; i < idf.size(); i++) {
      weights[front + i] = idf.get(i).floatValue();
    }
    return Tensor.of(weights);
  }

  Map<String, byte[]> assets() {
    if (given != null || tokens.isEmpty()) {
      return Map.of();
    }
    List<String> lines = all().stream().map(kind::text).toList();
    return Map.of(FILE, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  void asset(String name, byte[] bytes) {
    if (name.equals(FILE) && given == null) {
      List<K> read = new ArrayList<>();
      for (String line : lines(bytes)) {
        K token = kind.ofLine(line);
        if (token == null) {
          throw refusal("one %s in each line".formatted(kind.element()), line);
        }
        read.add(token);
      }
      set(read);
    }
  }

  private static List<String> lines(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\r\n|\r|\n", -1)));
    // Python's splitlines and Keras leave out what is empty at the end.
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  Map<String, Tensor> namedVariables() {
    return options.outputMode == CategoryOutput.TF_IDF ? Map.of(IDF, weights(true)) : Map.of();
  }

  void namedVariable(String name, Tensor value) {
    if (name.equals(IDF)) {
      rarity(Arrays.stream(value.toDoubleArray()).boxed().toList());
    }
  }

  /**
   * The numbers of the tokens alone, as a configuration has them; a file has those in front, too.
   */
  private @Nullable List<Double> ofTokens() {
    if (idf == null || idf.size() == tokens.size()) {
      return idf;
    }
    int start = (int) options.tokenStart();
    return idf.subList(start, Math.min(idf.size(), start + tokens.size()));
  }

  void configure(Config config) {
    List<Double> own = given == null ? null : ofTokens();
    NumberArray weights =
        NumberArray.configure(
            layer,
            config,
            IDF,
            own == null ? null : new NumberArray(own, List.of((long) own.size())));
    Object json = config.json("vocabulary", given);
    Long size = config.optionalInteger("vocabulary_size", recordedSize);
    if (json != null) {
      give(parse(json));
    } else {
      recordedSize = size;
    }
    idf = weights == null ? idf : weights.values();
  }

  private List<K> parse(Object json) {
    if (!(json instanceof List<?> list)) {
      throw options.refusal(
          "vocabulary", "a list of tokens", json, "files that a configuration names stay closed");
    }
    List<K> parsed = new ArrayList<>();
    for (Object item : list) {
      K token = item == null ? null : kind.ofJson(item);
      if (token == null) {
        throw refusal("a list of " + kind.element(), String.valueOf(item));
      }
      parsed.add(token);
    }
    return parsed;
  }
}
