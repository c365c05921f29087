package dev.sardonyx.runtime;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds a stateful session's pairs and initial values against the model. */
final class StateCheck {
  private StateCheck() {}

  /** The pairs in the order of the model's inputs. */
  static Map<String, String> pairs(Session session, Map<String, String> pairs) {
    Map<String, String> checked = new LinkedHashMap<>();
    Set<String> outputs = new HashSet<>();
    for (String input : session.inputs().keySet()) {
      String output = pairs.get(input);
      if (output != null) {
        pair(session, input, session.signature().outputs(List.of(output), session.name()), output);
        if (!outputs.add(output)) {
          throw StateRefusal.sharedOutput(output);
        }
        checked.put(input, output);
      }
    }
    for (String input : pairs.keySet()) {
      if (!checked.containsKey(input)) {
        throw StateRefusal.noSuchInput(input, session.inputs());
      }
    }
    if (checked.isEmpty()) {
      throw StateRefusal.noPairs(session);
    }
    return checked;
  }

  private static void pair(Session session, String input, Set<String> known, String output) {
    TensorType read = session.inputs().get(input);
    TensorType written = session.outputs().get(known.iterator().next());
    if (read.element() != written.element()) {
      throw StateRefusal.differentTypes(input, read, output, written);
    }
    if (Elements.overBuffers(read.element()) == null) {
      throw StateRefusal.unbuffered(input, read);
    }
    if (!input.equals(output) && session.inputs().containsKey(output)) {
      throw StateRefusal.outputIsInput(input, output);
    }
  }

  /** Checks the initial values; the sizes that they give to symbols hold for every run. */
  static Map<Dim, InputCheck.Bound> initial(
      Session session, Map<String, String> pairs, Map<String, Tensor> initial) {
    Map<String, TensorType> taken = new LinkedHashMap<>(session.inputs());
    taken.keySet().retainAll(pairs.keySet());
    return InputCheck.check(taken, initial, Map.of());
  }
}
