package dev.sardonyx.runtime;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.TensorType;
import java.util.Map;

/** What a {@link StatefulSession} refuses. */
final class StateRefusal {
  private StateRefusal() {}

  static DiagnosticException noSuchInput(String name, Map<String, TensorType> inputs) {
    return Refusal.of(
        "RT-040",
        "the model has no input \"" + name + "\" to read a state",
        "the model takes " + Refusal.list(inputs),
        "pair the names of inputs with those of outputs");
  }

  static DiagnosticException noPairs(Session session) {
    return Refusal.of(
        "RT-040",
        "a stateful session needs at least one state",
        session.toString(),
        "pair an input with the output that becomes it, or use the session itself");
  }

  static DiagnosticException sharedOutput(String output) {
    return Refusal.of(
        "RT-040",
        "two states cannot become the same output",
        output,
        "give every state an output of its own");
  }

  static DiagnosticException outputIsInput(String input, String output) {
    return Refusal.of(
        "RT-040",
        "output \"" + output + "\" is an input of the model as well",
        input + " -> " + output,
        "put an Identity between that input and the output");
  }

  static DiagnosticException differentTypes(
      String input, TensorType read, String output, TensorType written) {
    return Refusal.of(
        "RT-040",
        "a state cannot change its element type",
        "%s: %s   %s: %s".formatted(input, read, output, written),
        "pair an input and an output of one type");
  }

  static DiagnosticException unbuffered(String input, TensorType type) {
    return Refusal.of(
        "RT-030",
        "a state cannot be " + type.element(),
        input + ": " + type,
        "keep it in a signed integer type of that width");
  }

  static DiagnosticException changedType(String name, TensorType state, TensorType value) {
    return Refusal.of(
        "RT-041",
        "state \"" + name + "\" is " + state + ", got " + value,
        name + ": " + value,
        "a state keeps its type and shape");
  }

  static DiagnosticException noSuchState(String name, Map<String, String> pairs) {
    return Refusal.of(
        "RT-044",
        "there is no state \"" + name + "\"",
        "states: " + String.join(", ", pairs.keySet()),
        "name a state by the input that reads it");
  }

  static DiagnosticException fedState(String name) {
    return Refusal.of(
        "RT-045",
        "\"" + name + "\" is a state and takes no input",
        name,
        "change it with setState");
  }

  static DiagnosticException nothingToUndo(String name) {
    return Refusal.of(
        "RT-042",
        "there is no run to take back",
        name,
        "undo once, directly after a run that succeeded");
  }

  static DiagnosticException closed(String name) {
    return Refusal.of(
        "RT-020",
        "the stateful session is closed",
        name,
        "run it inside its try block, or make another one");
  }
}
