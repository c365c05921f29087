package dev.sardonyx.ir;

import dev.sardonyx.ir.ControlFlow.LoopBody;
import dev.sardonyx.ir.ControlFlow.ScanBody;
import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes branches and loops of functions. */
final class Loops {
  private Loops() {}

  static List<Value> branch(
      Value cond, Supplier<List<Value>> then, Supplier<List<Value>> otherwise) {
    Closure closure = new Closure();
    closure.body("then", List.of(), then.get());
    closure.body("else", List.of(), otherwise.get());
    closure.close();
    ControlFlow.If op = new ControlFlow.If(closure.body(0), closure.body(1));
    return Node.of(op, closure.inputs(cond), Inference.ANY_NUMBER).outputs();
  }

  static List<Value> loop(
      @Nullable Value trips, @Nullable Value cond, List<Value> initial, LoopBody body) {
    List<Type> types = initial.stream().map(Value::type).toList();
    for (int attempt = 0; ; attempt++) {
      Closure closure = new Closure();
      Value i = Value.input("i", TensorType.scalar(ElementType.INT64));
      Value before = Value.input("cond", TensorType.scalar(ElementType.BOOL));
      List<Value> state = inputs("state_", types);
      Turn turn = body.turn(i, state);
      List<Type> next = turn.state().stream().map(Value::type).toList();
      List<Type> weaker = CarriedTypes.weaker(types, next, attempt);
      if (weaker == null) {
        List<Value> formals = join(List.of(i, before), state);
        Value goOn = turn.goOn() == null ? before : turn.goOn();
        closure.body("loop", formals, join(List.of(goOn), turn.state(), turn.collected()));
        closure.close();
        List<@Nullable Value> inputs = new ArrayList<>();
        inputs.add(trips);
        inputs.add(cond);
        inputs.addAll(initial);
        ControlFlow.Loop op = new ControlFlow.Loop(closure.body(0));
        return Node.of(op, closure.inputs(inputs), Inference.ANY_NUMBER).outputs();
      }
      types = weaker;
    }
  }

  static List<Value> scan(List<Value> initial, List<Value> sequences, ScanBody body) {
    ScanBuilder scan = new ScanBuilder();
    List<Value> state = initial.stream().map(scan::state).toList();
    List<Value> elements = sequences.stream().map(v -> scan.element(v, 0, 0)).toList();
    Turn turn = body.turn(state, elements);
    if (turn.goOn() != null) {
      throw new IllegalArgumentException("a scan runs over all elements: it has no condition");
    }
    turn.state().forEach(scan::next);
    turn.collected().forEach(v -> scan.collect(v, 0, 0));
    return scan.results();
  }

  private static List<Value> inputs(String stem, List<Type> types) {
    List<Value> inputs = new ArrayList<>();
    for (Type type : types) {
      inputs.add(Value.input(stem + inputs.size(), type));
    }
    return inputs;
  }

  @SafeVarargs
  private static List<Value> join(List<Value>... parts) {
    List<Value> all = new ArrayList<>();
    for (List<Value> part : parts) {
      all.addAll(part);
    }
    return all;
  }
}
