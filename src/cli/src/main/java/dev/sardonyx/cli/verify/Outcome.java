package dev.sardonyx.cli.verify;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a case.
 *
 * @param message on one line: what was checked, or why it failed
 */
public record Outcome(Status status, String message, long milliseconds) {
  /** A case passes unless it failed. */
  public enum Status {
    OK("ok"),
    /** As {@link #OK}; the outputs are random by definition and were held to their distribution. */
    RANDOM("ok (random)"),
    /** The product refused what it should refuse. */
    REFUSED("refused"),
    /** What was asked for does not exist for such a case; the message says why. */
    NOTHING("nothing"),
    FAILED("FAILED");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    /** The first word of the case's line. */
    String word() {
      return word;
    }
  }

  public Outcome {
    message = message.replace("\r", "").replace("\n", " | ").strip();
  }

  public static Outcome ok(String message) {
    return new Outcome(Status.OK, message, 0);
  }

  /** Passed by the distribution of what is random by definition. */
  public static Outcome random(String message) {
    return new Outcome(Status.RANDOM, message, 0);
  }

  /** There is nothing to check, for this reason. */
  public static Outcome nothing(String message) {
    return new Outcome(Status.NOTHING, message, 0);
  }

  public static Outcome failed(String message) {
    return new Outcome(Status.FAILED, message, 0);
  }

  boolean passed() {
    return status != Status.FAILED;
  }

  Outcome after(long newMilliseconds) {
    return new Outcome(status, message, newMilliseconds);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("status", status.name());
    map.put("message", message);
    map.put("milliseconds", milliseconds);
    return map;
  }

  static Outcome of(Map<String, Object> map) {
    return new Outcome(
        Status.valueOf((String) map.get("status")),
        (String) map.get("message"),
        ((Number) map.get("milliseconds")).longValue());
  }
}
