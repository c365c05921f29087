package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a lookup's tokens are: texts or integers. */
interface LookupTokens<K> {
  LookupTokens<String> TEXTS = new Texts();
  LookupTokens<Long> INTEGERS = new Integers();

  ElementType element();

  /** A token of a configuration, or null for another kind. */
  @Nullable K ofJson(Object json);

  /** A token of a file's line, or null for another kind. */
  @Nullable K ofLine(String line);

  String text(K token);

  List<K> tokens(Tensor tensor);

  /** Those tokens if they are integers, else none. */
  List<Long> longs(List<K> tokens);

  /** Those tokens if they are texts, else none. */
  List<String> texts(List<K> tokens);

  /** TensorFlow's order: texts by their UTF-8 bytes. */
  Comparator<K> order();

  /** Texts. */
  final class Texts implements LookupTokens<String> {
    @Override
    public ElementType element() {
      return ElementType.STRING;
    }

    @Override
    public @Nullable String ofJson(Object json) {
      return json instanceof String text ? text : null;
    }

    @Override
    public String ofLine(String line) {
      return line;
    }

    @Override
    public String text(String token) {
      return token;
    }

    @Override
    public List<String> tokens(Tensor tensor) {
      return tensor.strings();
    }

    @Override
    public List<Long> longs(List<String> tokens) {
      return List.of();
    }

    @Override
    public List<String> texts(List<String> tokens) {
      return tokens;
    }

    @Override
    public Comparator<String> order() {
      return (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Integers. */
  final class Integers implements LookupTokens<Long> {
    @Override
    public ElementType element() {
      return ElementType.INT64;
    }

    @Override
    public @Nullable Long ofJson(Object json) {
      return json instanceof Number n && n.doubleValue() == n.longValue() ? n.longValue() : null;
    }

    @Override
    public @Nullable Long ofLine(String line) {
      try {
        return Long.valueOf(line.strip());
      } catch (NumberFormatException e) {
        return null;
      }
    }

    @Override
    public String text(Long token) {
      return token.toString();
    }

    @Override
    public List<Long> tokens(Tensor tensor) {
      return tensor.element().isFloat()
          ? Arrays.stream(tensor.toDoubleArray()).mapToObj(d -> (long) d).toList()
          : Arrays.stream(tensor.toLongArray()).boxed().toList();
    }

    @Override
    public List<Long> longs(List<Long> tokens) {
      return tokens;
    }

    @Override
    public List<String> texts(List<Long> tokens) {
      return List.of();
    }

    @Override
    public Comparator<Long> order() {
      return Comparator.naturalOrder();
    }
  }
}
