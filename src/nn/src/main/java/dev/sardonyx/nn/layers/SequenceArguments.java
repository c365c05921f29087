package dev.sardonyx.nn.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a recurrent layer is called with: {@code (sequence, initial_state, mask)}, where states may
 * be a list, several tensors in a row, or in one list with the sequence.
 *
 * @param initial the first states; none for those that the layer has
 * @param mask what the layer goes by
 * @param passed the mask for the results
 */
record SequenceArguments(
    Masked sequence, List<Masked> initial, @Nullable Masked mask, @Nullable Masked passed) {

  // As in Keras, the mask that a sequence carries counts only where no states are given; Keras 2,
  // which gave them in one list with the sequence, counted it then, too.
  static SequenceArguments of(Layer owner, Arguments<Masked> given, int states) {
    Arguments<Masked> arguments = owner.withoutTrainingFlag(given);
    arguments.allow(owner, Set.of("initial_state", "mask", "sequences", "inputs"));
    String first = arguments.named().containsKey("inputs") ? "inputs" : "sequences";
    List<Masked> sequences = tensors(arguments.get(0, first));
    if (sequences.isEmpty()) {
      throw owner.refuse("NN-015", "needs a sequence", List.of(), "call it with a tensor");
    }
    List<Masked> initial = new ArrayList<>(sequences.subList(1, sequences.size()));
    initial.addAll(tensors(arguments.get(1, "initial_state")));
    int next = 2;
    while (initial.size() < states
        && !initial.isEmpty()
        && next < arguments.positional().size()
        && arguments.get(next, "") instanceof Masked state) {
      initial.add(state);
      next++;
    }
    requireAll(owner, given, initial, states);
    Masked explicit = arguments.optional(owner, next, "mask");
    Masked x = sequences.get(0);
    Masked carried = x.mask() == null ? null : Masked.of(x.mask());
    boolean counts = initial.isEmpty() || sequences.size() > 1;
    Masked mask = explicit != null ? explicit : counts ? carried : null;
    return new SequenceArguments(x, initial, mask, explicit != null ? explicit : carried);
  }

  private static void requireAll(
      Layer owner, Arguments<Masked> given, List<Masked> initial, int states) {
    if (!initial.isEmpty() && initial.size() != states) {
      throw owner.refuse(
          "NN-015",
          "takes %s initial states, got %s".formatted(states, initial.size()),
          given.tensors().stream().map(Masked::type).toList(),
          "give it all of them, or none: then they are zeros");
    }
  }

  private static List<Masked> tensors(@Nullable Object argument) {
    List<Masked> tensors = new ArrayList<>();
    if (argument instanceof Masked tensor) {
      tensors.add(tensor);
    } else if (argument instanceof List<?> list) {
      list.forEach(item -> tensors.addAll(tensors(item)));
    }
    return tensors;
  }
}
