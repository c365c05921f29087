package dev.sardonyx.ops.generator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * What ONNX's names are in Java: {@code LSTM} is lstm, {@code Y_h} yH, {@code InvStdDev} invStdDev.
 */
final class JavaNames {
  private JavaNames() {}

  /** A name of a method or a parameter. */
  static String member(String onnx) {
    List<String> parts = Arrays.stream(onnx.split("_")).filter(p -> !p.isEmpty()).toList();
    String rest = parts.stream().skip(1).map(JavaNames::capitalized).collect(Collectors.joining());
    return uncapitalized(parts.get(0)) + rest;
  }

  /** The name of an operator's method, which cannot be a keyword: {@code If} is ifOp. */
  static String method(String operator) {
    String name = member(operator);
    return SourceVersion.isKeyword(name) ? name + "Op" : name;
  }

  private static String capitalized(String part) {
    return part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1);
  }

  /** Of capitals at the start all but the one that begins the next word are made small. */
  private static String uncapitalized(String part) {
    int capitals = 0;
    while (capitals < part.length() && !Character.isLowerCase(part.charAt(capitals))) {
      capitals++;
    }
    boolean wordFollows = capitals > 1 && capitals < part.length();
    int small = wordFollows ? capitals - 1 : Math.max(1, capitals);
    return part.substring(0, small).toLowerCase(Locale.ROOT) + part.substring(small);
  }
}
