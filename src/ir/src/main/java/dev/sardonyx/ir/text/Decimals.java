package dev.sardonyx.ir.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/**
 * The shortest decimals that read back as the same number. Java's own differ between releases.
 *
 * <p>Every text has a point, an exponent, or is {@code nan} or {@code inf}, so that no float looks
 * like an integer.
 */
final class Decimals {
  private static final int FLOAT_DIGITS = 9;
  private static final int DOUBLE_DIGITS = 17;

  private Decimals() {}

  static String of(float value) {
    return Float.isFinite(value) && value != 0
        ? shortest(value, FLOAT_DIGITS, d -> d.floatValue() == value)
        : special(value);
  }

  static String of(double value) {
    return Double.isFinite(value) && value != 0
        ? shortest(value, DOUBLE_DIGITS, d -> d.doubleValue() == value)
        : special(value);
  }

  private static String special(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    return sign + (value == 0 ? "0.0" : "inf");
  }

  private static String shortest(double value, int enough, Predicate<BigDecimal> same) {
    BigDecimal exact = new BigDecimal(value);
    int digits = 1;
    BigDecimal rounded = round(exact, digits);
    while (digits < enough && !same.test(rounded)) {
      rounded = round(exact, ++digits);
    }
    return format(rounded.stripTrailingZeros());
  }

  private static BigDecimal round(BigDecimal exact, int digits) {
    return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private static String format(BigDecimal value) {
    int exponent = value.precision() - value.scale() - 1;
    if (exponent >= -5 && exponent <= 8) {
      String plain = value.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String digits = value.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return (value.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + exponent;
  }

  /** The float that {@code word} denotes; a {@link NumberFormatException} for anything else. */
  static float toFloat(String word) {
    return switch (word) {
      case "nan" -> Float.NaN;
      case "inf" -> Float.POSITIVE_INFINITY;
      case "-inf" -> Float.NEGATIVE_INFINITY;
      default -> Float.parseFloat(word);
    };
  }

  /** The double that {@code word} denotes; a {@link NumberFormatException} for anything else. */
  static double toDouble(String word) {
    return switch (word) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(word);
    };
  }

  /** Whether a literal of this text is a float. */
  static boolean isFloat(String word) {
    return word.indexOf('.') >= 0
        || word.indexOf('e') >= 0
        || word.endsWith("nan")
        || word.endsWith("inf");
  }
}
