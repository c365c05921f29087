package dev.sardonyx.keras;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as Python writes it: with NaN and Infinity. Objects become maps in the text's order, numbers
 * Long, BigInteger beyond, or Double.
 */
final class JsonText {
  private static final int LONGEST_NUMBER = 1000;

  /** What a short text can become in memory: a character of it may be an object. */
  private static final int MOST_CONTAINERS = 500_000;

  private static final int MOST_VALUES = 4_000_000;

  private final Source source;
  private final String place;
  private final Limits limits;
  private int containers;
  private int values;

  JsonText(Source source, String place, Limits limits) {
    this.source = source;
    this.place = place;
    this.limits = limits;
  }

  /** The object that the text is, or a refusal (KERAS-005). */
  Map<String, @Nullable Object> object(byte[] text) {
    try (JsonParser parser = factory().createParser(text)) {
      return object(parser, text.length);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** The object that the text is, or a refusal (KERAS-005). */
  Map<String, @Nullable Object> object(String text) {
    try (JsonParser parser = factory().createParser(text)) {
      return object(parser, text.length());
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private JsonFactory factory() {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(limits.jsonDepth())
            .maxNumberLength(LONGEST_NUMBER)
            .maxStringLength((int) Math.min(limits.jsonBytes(), Integer.MAX_VALUE))
            .maxNameLength(1 << 16)
            .maxDocumentLength(limits.jsonBytes())
            .build();
    return new JsonFactoryBuilder()
        .streamReadConstraints(constraints)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .build();
  }

  private Map<String, @Nullable Object> object(JsonParser parser, long length) throws IOException {
    if (length > limits.jsonBytes()) {
      throw refused("it has %s bytes, the limit is %s".formatted(length, limits.jsonBytes()));
    }
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw refused("it is no object");
    }
    Map<String, @Nullable Object> object = fields(parser);
    if (parser.nextToken() != null) {
      throw refused("more follows after its end");
    }
    return object;
  }

  // Recursion is as deep as the constraints allow.
  private Map<String, @Nullable Object> fields(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  private List<@Nullable Object> items(JsonParser parser) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return items;
  }

  private @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw refused("it breaks off");
    }
    boolean container = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
    if (++values > MOST_VALUES || container && ++containers > MOST_CONTAINERS) {
      throw refused(
          "it has more than %s values, or %s objects and arrays"
              .formatted(MOST_VALUES, MOST_CONTAINERS));
    }
    return switch (token) {
      case START_OBJECT -> fields(parser);
      case START_ARRAY -> items(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? parser.getBigIntegerValue()
              : (Object) parser.getLongValue();
      default -> throw refused("unexpected " + token);
    };
  }

  private DiagnosticException refused(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return refused(end < 0 ? message : message.substring(0, end));
  }

  DiagnosticException refused(String received) {
    return source.refuse(
        "KERAS-005",
        place,
        "the JSON text cannot be read, or exceeds a limit",
        received,
        Source.DAMAGED + "; if you trust it, raise the limit that it exceeds");
  }
}
