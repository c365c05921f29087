package dev.sardonyx.nn.layers;

import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of a lookup beside its vocabulary. */
final class LookupOptions<K> {
  private final IndexLookup<K> layer;
  private final LookupTokens<K> kind;
  @Nullable Long maxTokens;
  long numOovIndices = 1;
  @Nullable K maskToken;
  @Nullable K oovToken;
  boolean invert;
  CategoryOutput outputMode = CategoryOutput.INT;
  boolean padToMaxTokens;
  String oovMethod = "floormod";
  @Nullable List<Long> salt;

  LookupOptions(IndexLookup<K> layer, LookupTokens<K> kind) {
    this.layer = layer;
    this.kind = kind;
  }

  /** Whether the mask has a place: where places stay. */
  boolean keepsMask() {
    return maskToken != null && outputMode == CategoryOutput.INT;
  }

  /** The first place of unknown tokens. */
  long oovStart() {
    return keepsMask() ? 1 : 0;
  }

  /** The first token's place. */
  long tokenStart() {
    return oovStart() + numOovIndices;
  }

  /** Whether unknown tokens are told apart by hashes. */
  boolean hashes() {
    return numOovIndices > 1 && (kind == LookupTokens.TEXTS || oovMethod.equals("farmhash"));
  }

  /** What unknown places become. */
  K requireOovToken() {
    if (oovToken == null) {
      throw refusal("oov_token", "given where places become tokens", "null", "give a token");
    }
    return oovToken;
  }

  RuntimeException refusal(String option, String wanted, Object given, String help) {
    return Allowed.refusal(layer, option, wanted, given, help);
  }

  void check() {
    if (maxTokens != null && maxTokens <= 1) {
      throw refusal("max_tokens", "at least 2", maxTokens, "leave it out for no limit");
    }
    Allowed.atLeast(0, layer, "num_oov_indices", numOovIndices);
    if (padToMaxTokens && maxTokens == null) {
      throw refusal("pad_to_max_tokens", "false without max_tokens", true, "set max_tokens");
    }
    if (invert && outputMode != CategoryOutput.INT) {
      throw refusal("output_mode", "int where invert is set", outputMode, "leave it out");
    }
    if (!oovMethod.equals("floormod") && !oovMethod.equals("farmhash")) {
      throw refusal("oov_method", "floormod or farmhash", oovMethod, "give one of the two");
    }
    if (salt != null && kind == LookupTokens.INTEGERS && !oovMethod.equals("farmhash")) {
      throw refusal("salt", "null with the oov_method floormod", salt, "hash by farmhash");
    }
  }

  void configure(Config config) {
    invert = config.flag("invert", invert);
    maxTokens = config.optionalInteger("max_tokens", maxTokens);
    numOovIndices = config.integer("num_oov_indices", numOovIndices);
    oovToken = token(config, "oov_token", oovToken);
    maskToken = token(config, "mask_token", maskToken);
    outputMode = CategoryOptions.mode(config, outputMode);
    config.unsupported("sparse", false);
    padToMaxTokens = config.flag("pad_to_max_tokens", padToMaxTokens);
    oovMethod = config.text("oov_method", oovMethod);
    salt = CategoryOptions.salt(layer, config, salt);
    if (config.has("has_input_vocabulary")) {
      config.flag("has_input_vocabulary", true);
    }
    check();
  }

  private @Nullable K token(Config config, String key, @Nullable K value) {
    Object given = config.json(key, value);
    K token = given == null ? null : kind.ofJson(given);
    if (given != null && token == null) {
      throw refusal(key, "one of the layer's tokens", given, "give a " + kind.element());
    }
    return token;
  }
}
