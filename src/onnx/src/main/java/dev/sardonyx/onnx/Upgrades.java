package dev.sardonyx.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From the forms that operators had in older opsets to the newest one, which is the canonical form
 * inside. Every change of a form is one {@link Change}; a node goes through those that came after
 * its opset, one after the other.
 *
 * <p>What only added an attribute whose default means what was before, or an optional input, needs
 * no change.
 */
final class Upgrades {
  /** Turns a node of the form before the change into one of the form after it. */
  interface Rule {
    void apply(OldNode node);
  }

  /** The operator got another form at this version of its domain. */
  record Change(String domain, String type, int since, Rule rule) {}

  /** By domain and operator. */
  private static final Map<String, Map<String, List<Change>>> CHANGES = index();

  private Upgrades() {}

  /** The same change of several operators of the standard's own domain, separated by spaces. */
  static List<Change> at(int since, String types, Rule rule) {
    return at(since, "", types, rule);
  }

  static List<Change> at(int since, String domain, String types, Rule rule) {
    return Arrays.stream(types.split(" ")).map(t -> new Change(domain, t, since, rule)).toList();
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  static List<Change> all(List<Change>... groups) {
    return Arrays.stream(groups).flatMap(List::stream).toList();
  }

  private static Map<String, Map<String, List<Change>>> index() {
    Map<String, Map<String, List<Change>>> index = new HashMap<>();
    List<Change> all = new ArrayList<>();
    all.addAll(OldElementwise.CHANGES);
    all.addAll(OldShaping.CHANGES);
    all.addAll(OldReductions.CHANGES);
    all.addAll(OldLayers.CHANGES);
    all.addAll(OldImages.CHANGES);
    all.addAll(OldLearning.CHANGES);
    all.addAll(OldLoops.CHANGES);
    all.sort(Comparator.comparingInt(Change::since));
    all.forEach(
        c ->
            index
                .computeIfAbsent(c.domain(), d -> new HashMap<>())
                .computeIfAbsent(c.type(), t -> new ArrayList<>())
                .add(c));
    return index;
  }

  /** The changes of an operator, oldest first. */
  static List<Change> of(String domain, String type) {
    return CHANGES.getOrDefault(domain, Map.of()).getOrDefault(type, List.of());
  }

  /** All changes that have a rule. */
  static List<Change> all() {
    return CHANGES.values().stream()
        .flatMap(types -> types.values().stream())
        .flatMap(List::stream)
        .toList();
  }

  /** Brings a node of this opset to the canonical form. */
  static void apply(OldNode node, String domain, int opset) {
    int version = opset;
    while (!node.isReplaced()) {
      List<Change> next = next(domain, node.type(), version);
      if (next.isEmpty()) {
        return;
      }
      next.forEach(c -> c.rule().apply(node));
      version = next.get(0).since();
    }
  }

  /** The changes of the first version after this one. */
  private static List<Change> next(String domain, String type, int version) {
    List<Change> next = new ArrayList<>();
    for (Change change : of(domain, type)) {
      boolean first = next.isEmpty() || change.since() == next.get(0).since();
      if (change.since() > version && first) {
        next.add(change);
      }
    }
    return next;
  }
}
