package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Operators that run a graph on every tensor of a list. */
public sealed interface SequenceMapping extends Sequences {
  /**
   * For each result of the body the list of what it gives for the tensors of the first list, in
   * their order. Further lists go along in step and are at least as long; a further tensor goes
   * into every run as it is.
   *
   * @param body takes one tensor for each list and each further tensor, and gives tensors
   */
  @Onnx(
      since = 17,
      from = 17,
      inputs = "input_sequence additional_inputs*?",
      outputs = "out_sequence*")
  record SequenceMap(Body body) implements SequenceMapping, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      Containers.sequence(in, 0);
      new BodyCheck(in).inputs(BodyCheck.own(in, body), body);
      List<Type> types = new ArrayList<>();
      for (Type type : body.outputTypes()) {
        if (!(type instanceof TensorType tensor)) {
          throw in.fail("TYPE-001", "has a body that gives a " + type, "a body gives tensors");
        }
        types.add(new Type.Sequence(tensor));
      }
      return types;
    }

    /** The standard's: one turn of a loop for each tensor. */
    @Override
    public List<@Nullable Value> expand(Expansion e) {
      Value length = Value.of(new SequenceEditing.SequenceLength(), e.x());
      List<Value> empty = new ArrayList<>();
      for (Type type : body.outputTypes()) {
        ElementType element = ((TensorType) type).element();
        empty.add(Value.of(new SequenceEditing.SequenceEmpty(element)));
      }
      List<@Nullable Value> lists = new ArrayList<>();
      lists.addAll(
          ControlFlow.loop(
              length, null, empty, (i, made) -> ControlFlow.Turn.of(longer(e, i, made))));
      return lists;
    }

    private List<Value> longer(Expansion e, Value i, List<Value> made) {
      Map<Value, Value> given = new HashMap<>();
      List<Value> inputs =
          Stream.concat(body.formals().stream(), body.captured().stream()).toList();
      for (int k = 0; k < inputs.size(); k++) {
        Value x = e.x(k);
        boolean isList = k < body.formals().size() && x.type() instanceof Type.Sequence;
        given.put(inputs.get(k), isList ? Value.of(new SequenceEditing.SequenceAt(), x, i) : x);
      }
      List<Value> results = Rewriting.substitute(body.outputs(), given);
      List<Value> longer = new ArrayList<>();
      for (int k = 0; k < results.size(); k++) {
        longer.add(Value.of(new SequenceEditing.SequenceInsert(), made.get(k), results.get(k)));
      }
      return longer;
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return SequenceGradients.map(p, this);
    }
  }
}
