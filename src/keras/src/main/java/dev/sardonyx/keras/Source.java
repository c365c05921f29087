package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import java.io.IOException;

/** The file being read, as refusals name it. */
record Source(String name) {
  static final String DAMAGED = "save or download the file again";
  private static final int LONGEST = 200;
  private static final int LONGEST_LIST = 4000;

  /** A refusal at a place within this file; {@code place} may be empty. */
  DiagnosticException refuse(
      String code, String place, String message, String received, String help) {
    return diagnostic(code, place, message, received, help).exception();
  }

  DiagnosticException refuse(
      String code, String place, String message, String received, String help, Throwable cause) {
    return diagnostic(code, place, message, received, help).exception(cause);
  }

  /** The file could not be read at all. */
  DiagnosticException unreadable(IOException e) {
    return refuse(
        "KERAS-002",
        "",
        "the file cannot be read",
        e.getClass().getSimpleName() + ": " + shown(String.valueOf(e.getMessage())),
        "check that it exists, may be read, and is not being changed",
        e);
  }

  private Diagnostic diagnostic(
      String code, String place, String message, String received, String help) {
    return new Diagnostic(
        code, message, Location.in(shown(name), shown(place)), cut(received, LONGEST_LIST), help);
  }

  /** Text of a foreign file as a message can show it: not endless, no control characters. */
  static String shown(String text) {
    return cut(text, LONGEST);
  }

  private static String cut(String text, int longest) {
    String cut = text.length() <= longest ? text : text.substring(0, longest) + "…";
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
