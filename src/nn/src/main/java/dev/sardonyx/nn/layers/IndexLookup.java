package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Arithmetic;
import dev.sardonyx.ir.Categories;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Tokens as their places in a vocabulary, or the way back. Place 0 is the mask's, if there is one;
 * then come the places of tokens that the vocabulary does not have. It is a table in the graph;
 * only hashes, for several places of unknown tokens, run in Java in front of it.
 *
 * @param <K> the tokens
 */
abstract class IndexLookup<K> extends SingleInputLayer implements JavaLayer, HasAssets {
  /** Where a mask goes that is to count nowhere. */
  private static final long NOWHERE = -1;

  private final LookupTokens<K> kind;
  private final LookupOptions<K> options;
  private final Vocabulary<K> vocabulary;
  private @Nullable Map<K, Long> places;

  IndexLookup(LookupTokens<K> kind) {
    this.kind = kind;
    this.options = new LookupOptions<>(this, kind);
    this.vocabulary = new Vocabulary<>(this, options, kind);
  }

  LookupOptions<K> options() {
    return options;
  }

  /** The vocabulary and what {@code adapt} makes of data. */
  Vocabulary<K> words() {
    return vocabulary;
  }

  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  protected Value call(Call call, Value given) {
    Value x = checked(given);
    Value found = look(call, x);
    if (options.outputMode == CategoryOutput.INT) {
      return found;
    }
    long depth = vocabulary.depth();
    if (options.outputMode != CategoryOutput.TF_IDF) {
      return options.outputMode.encode(found, depth, ElementType.INT64);
    }
    Value counts = CategoryOutput.COUNT.encode(found, depth, ElementType.FLOAT32);
    return counts.mul(Value.constant(vocabulary.weights(call instanceof ShapeProbe)));
  }

  private Value checked(Value x) {
    ElementType wanted = options.invert ? ElementType.INT64 : kind.element();
    if (wanted == ElementType.STRING || x.element() == ElementType.STRING) {
      if (x.element() != wanted) {
        throw refuse(
            "NN-043",
            "looks up %s, got %s".formatted(wanted, x.element()),
            x.tensorType(),
            "StringLookup is for texts, IntegerLookup for integers; invert goes the other way");
      }
      return x;
    }
    return x.cast(wanted);
  }

  private Value look(Call call, Value x) {
    if (vocabulary.tokens().isEmpty() && call instanceof ShapeProbe) {
      ElementType result = options.invert ? kind.element() : ElementType.INT64;
      return Value.input("places", x.tensorType().with(result));
    }
    vocabulary.requireTokens();
    if (options.invert) {
      return inverse(x);
    }
    if (options.hashes()) {
      return call.inJava(this, List.of(x));
    }
    return table(x);
  }

  /** A table from tokens to places. */
  private Value table(Value x) {
    List<K> keys = new ArrayList<>(vocabulary.tokens());
    List<Long> values =
        new ArrayList<>(
            LongStream.range(0, keys.size()).map(i -> i + options.tokenStart()).boxed().toList());
    // Without a place for unknown tokens theirs lies behind all, so that Gather refuses it.
    long behind = keys.size();
    if (options.maskToken != null) {
      keys.add(options.maskToken);
      boolean guarded = options.numOovIndices == 0 && !options.keepsMask();
      values.add(options.keepsMask() ? 0 : guarded ? behind++ : NOWHERE);
    }
    if (options.keepsMask()) {
      behind++;
    }
    long otherwise = otherwise(behind);
    Value found = Value.of(encoder(keys, values, otherwise), x);
    if (options.numOovIndices == 0) {
      long[] places = LongStream.range(0, behind).toArray();
      if (behind > options.tokenStart() + vocabulary.tokens().size()) {
        places[(int) behind - 1] = NOWHERE;
      }
      return Value.constant(Tensor.of(places)).gather(found, 0);
    }
    if (options.numOovIndices == 1) {
      return found;
    }
    Value bucket = Value.of(new Arithmetic.Mod(false), x, x.scalar(options.numOovIndices));
    return found.eq(otherwise).where(bucket.add(options.oovStart()), found);
  }

  private long otherwise(long behind) {
    return options.numOovIndices == 0
        ? behind
        : options.numOovIndices == 1 ? options.oovStart() : Long.MIN_VALUE;
  }

  private Categories.LabelEncoder encoder(List<K> keys, List<Long> values, long otherwise) {
    return new Categories.LabelEncoder(
        0,
        otherwise,
        "",
        null,
        List.of(),
        kind.longs(keys),
        kind.texts(keys),
        null,
        List.of(),
        values,
        List.of(),
        null);
  }

  private Value inverse(Value x) {
    List<Long> keys = new ArrayList<>();
    List<K> values = new ArrayList<>(vocabulary.tokens());
    for (int i = 0; i < values.size(); i++) {
      keys.add(i + options.tokenStart());
    }
    if (options.maskToken != null) {
      keys.add(0L);
      values.add(options.maskToken);
    }
    K unknown = options.requireOovToken();
    long number = unknown instanceof Long n ? n : 0;
    String text = unknown instanceof String s ? s : "";
    return Value.of(
        new Categories.LabelEncoder(
            0,
            number,
            text,
            null,
            List.of(),
            keys,
            List.of(),
            null,
            List.of(),
            kind.longs(values),
            kind.texts(values),
            null),
        x);
  }

  @Override
  public TensorType resultType(List<TensorType> inputs) {
    return inputs.get(0).with(ElementType.INT64);
  }

  @Override
  public Tensor compute(List<Tensor> inputs) {
    long[] found = kind.tokens(inputs.get(0)).stream().mapToLong(this::place).toArray();
    return Tensor.of(found).reshape(inputs.get(0).dims());
  }

  /** Where a token lies; {@link #NOWHERE} for a mask that counts nowhere. */
  long place(K token) {
    if (token.equals(options.maskToken)) {
      return options.keepsMask() ? 0 : NOWHERE;
    }
    Long known = places().get(token);
    if (known != null) {
      return known;
    }
    boolean one = options.numOovIndices == 1;
    return options.oovStart()
        + (one ? 0 : Buckets.of(kind.text(token), options.numOovIndices, options.salt));
  }

  private Map<K, Long> places() {
    if (places == null || places.size() != vocabulary.tokens().size()) {
      Map<K, Long> table = new LinkedHashMap<>();
      for (K token : vocabulary.tokens()) {
        table.put(token, table.size() + options.tokenStart());
      }
      places = table;
    }
    return places;
  }

  /** Forgets what depended on another vocabulary. */
  void vocabularyChanged() {
    places = null;
  }

  @Override
  public Map<String, byte[]> assets() {
    return vocabulary.assets();
  }

  @Override
  public void asset(String name, byte[] bytes) {
    vocabulary.asset(name, bytes);
  }

  @Override
  public Map<String, Tensor> namedVariables() {
    return vocabulary.namedVariables();
  }

  @Override
  public void namedVariable(String name, Tensor value) {
    vocabulary.namedVariable(name, value);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    options.configure(config);
    vocabulary.configure(config);
  }
}
