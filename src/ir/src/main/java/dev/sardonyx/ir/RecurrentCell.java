package dev.sardonyx.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One time step of one direction of a recurrent layer.
 *
 * @param recurrent the weights of the hidden state, transposed: one matrix, or for a GRU those of
 *     the two gates and that of the candidate
 * @param bias what is added to the input of all steps; null for nothing
 * @param inner what a GRU adds to the candidate before the reset gate; null for nothing
 * @param peepholes an LSTM's, for the gates i, o and f; empty where there are none
 */
record RecurrentCell(
    Recurrent op,
    List<UnaryOperator<Value>> functions,
    List<Value> recurrent,
    @Nullable Value bias,
    @Nullable Value inner,
    List<Value> peepholes) {

  static RecurrentCell of(
      Recurrent op, int direction, Value recurrent, @Nullable Value bias, @Nullable Value p) {
    List<UnaryOperator<Value>> functions = CellFunctions.of(op, direction);
    List<Value> peepholes = p == null ? List.of() : parts(p, 0, 3);
    Value sum = bias == null ? null : bias.sum(false, 0);
    if (!(op instanceof Recurrent.GRU gru)) {
      List<Value> matrix = List.of(recurrent.transpose(1, 0));
      return new RecurrentCell(op, functions, matrix, sum, null, peepholes);
    }
    List<Value> matrices = parts(recurrent, 0, 3);
    Value gates = Value.concat(0, matrices.get(0), matrices.get(1)).transpose(1, 0);
    List<Value> both = List.of(gates, matrices.get(2).transpose(1, 0));
    if (bias == null || !gru.linearBeforeReset()) {
      return new RecurrentCell(op, functions, both, sum, null, List.of());
    }
    List<Value> ofX = parts(bias.slice(0, 0, 1).squeeze(0), 0, 3);
    List<Value> ofH = parts(bias.slice(0, 1, 2).squeeze(0), 0, 3);
    Value outer =
        Value.concat(0, ofX.get(0).add(ofH.get(0)), ofX.get(1).add(ofH.get(1)), ofX.get(2));
    return new RecurrentCell(op, functions, both, outer, ofH.get(2), List.of());
  }

  private static List<Value> parts(Value x, long axis, long count) {
    return Node.of(new Slicing.Split(axis, count), List.of(x), (int) count).outputs();
  }

  /**
   * The next states.
   *
   * @param driven what the input of the step gives to all gates, with the bias: [N,G·H]
   */
  List<Value> step(Value driven, List<Value> state) {
    Value h = state.get(0);
    if (op instanceof Recurrent.GRU gru) {
      return List.of(gated(gru, driven, h));
    }
    Value sum = driven.add(h.matMul(recurrent.get(0)));
    return op instanceof Recurrent.LSTM lstm
        ? remembering(lstm, parts(sum, -1, 4), state.get(1))
        : List.of(f(0, sum));
  }

  private Value gated(Recurrent.GRU gru, Value driven, Value h) {
    List<Value> x = parts(driven, -1, 3);
    List<Value> gates = parts(h.matMul(recurrent.get(0)), -1, 2);
    Value z = f(0, x.get(0).add(gates.get(0)));
    Value r = f(0, x.get(1).add(gates.get(1)));
    Value through;
    if (gru.linearBeforeReset()) {
      Value product = h.matMul(recurrent.get(1));
      through = r.mul(inner == null ? product : product.add(inner));
    } else {
      through = r.mul(h).matMul(recurrent.get(1));
    }
    Value candidate = f(1, x.get(2).add(through));
    return z.scalar(1).sub(z).mul(candidate).add(z.mul(h));
  }

  private List<Value> remembering(Recurrent.LSTM lstm, List<Value> gates, Value c) {
    Value i = f(0, seeing(gates.get(0), 0, c));
    Value forget = lstm.inputForget() ? i.scalar(1).sub(i) : f(0, seeing(gates.get(2), 2, c));
    Value next = forget.mul(c).add(i.mul(f(1, gates.get(3))));
    Value o = f(0, seeing(gates.get(1), 1, next));
    return new ArrayList<>(List.of(o.mul(f(2, next)), next));
  }

  private Value seeing(Value gate, int peephole, Value c) {
    return peepholes.isEmpty() ? gate : gate.add(peepholes.get(peephole).mul(c));
  }

  private Value f(int function, Value x) {
    Float clip = op.clip();
    return functions.get(function).apply(clip == null ? x : x.clip(-clip, clip));
  }
}
