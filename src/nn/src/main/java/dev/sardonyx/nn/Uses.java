package dev.sardonyx.nn;

import dev.sardonyx.nn.Wired.Tap;
import dev.sardonyx.nn.layers.Arguments;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.SymbolicTensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;

/**
 * The uses of layers that a configuration lists. Each is applied once all that it takes is there,
 * as early as its place in the list allows; a list in any order takes one walk.
 */
final class Uses {
  private final List<Use> all = new ArrayList<>();
  private final Set<Turn> turns = new HashSet<>();

  /** That a use of a layer has happened: its next one waits for that. */
  private record Turn(String layer, int index) {}

  /** A use of a layer, and how much of what it waits for is not there yet. */
  private static final class Use {
    final Layer layer;
    final Turn turn;
    final Arguments<Tap> arguments;
    final int position;
    int missing;

    Use(Layer layer, Turn turn, Arguments<Tap> arguments, int position) {
      this.layer = layer;
      this.turn = turn;
      this.arguments = arguments;
      this.position = position;
    }

    Set<Record> needs(Map<Tap, SymbolicTensor> known) {
      Set<Record> needs = new HashSet<>();
      arguments.tensors().stream().filter(tap -> !known.containsKey(tap)).forEach(needs::add);
      if (turn.index > 0) {
        needs.add(new Turn(turn.layer, turn.index - 1));
      }
      return needs;
    }

    List<Record> apply(Map<Tap, SymbolicTensor> known) {
      List<Record> made = new ArrayList<>(List.of(turn));
      List<SymbolicTensor> results = layer.apply(arguments.map(known::get));
      for (int i = 0; i < results.size(); i++) {
        Tap tap = new Tap(turn.layer, turn.index, i);
        known.put(tap, results.get(i));
        made.add(tap);
      }
      return made;
    }
  }

  /** Adds the use number {@code index} of the layer with this name. */
  void add(Layer layer, String name, int index, Arguments<Tap> arguments) {
    Turn turn = new Turn(name, index);
    if (!turns.add(turn)) {
      throw ModelBuilder.refuse("two layers are called " + name);
    }
    all.add(new Use(layer, turn, arguments, all.size()));
  }

  /** Applies all; {@code known} has the inputs, and has all results thereafter. */
  void apply(Map<Tap, SymbolicTensor> known) {
    Map<Record, List<Use>> waiting = new HashMap<>();
    Queue<Use> ready = new PriorityQueue<>(Comparator.comparingInt((Use use) -> use.position));
    for (Use use : all) {
      Set<Record> needs = use.needs(known);
      use.missing = needs.size();
      needs.forEach(need -> waiting.computeIfAbsent(need, n -> new ArrayList<>()).add(use));
      if (needs.isEmpty()) {
        ready.add(use);
      }
    }
    for (Use use = ready.poll(); use != null; use = ready.poll()) {
      for (Record made : use.apply(known)) {
        for (Use next : waiting.getOrDefault(made, List.of())) {
          if (--next.missing == 0) {
            ready.add(next);
          }
        }
      }
    }
    List<String> left =
        all.stream().filter(use -> use.missing > 0).map(use -> use.turn.layer).toList();
    if (!left.isEmpty()) {
      throw ModelBuilder.refuse(
          "layers wait for each other or for layers that do not exist: " + left);
    }
  }
}
