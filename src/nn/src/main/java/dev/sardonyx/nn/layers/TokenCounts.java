package dev.sardonyx.nn.layers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** How often tokens occur in documents. */
final class TokenCounts<K> {
  private final Map<K, Long> counts = new HashMap<>();
  private final Map<K, Long> documents = new HashMap<>();
  private long total;

  /** Takes a document in. */
  void add(List<K> document) {
    document.forEach(token -> counts.merge(token, 1L, Long::sum));
    new HashSet<>(document).forEach(token -> documents.merge(token, 1L, Long::sum));
    total++;
  }

  /** The most frequent tokens first, of equally frequent ones the last in order first. */
  List<K> mostFrequent(Comparator<K> order, long limit, LookupOptions<K> options) {
    List<K> tokens = new ArrayList<>(counts.keySet());
    tokens.removeIf(token -> token.equals(options.maskToken) || token.equals(options.oovToken));
    Comparator<K> rising = Comparator.<K, Long>comparing(counts::get).thenComparing(order);
    tokens.sort(rising.reversed());
    return List.copyOf(tokens.subList(0, (int) Math.max(0, Math.min(limit, tokens.size()))));
  }

  /** log(1 + documents / (1 + documents that have the token)). */
  List<Double> idf(List<K> tokens) {
    return tokens.stream()
        .map(token -> Math.log(1 + (double) total / (1 + documents.get(token))))
        .toList();
  }
}
