package dev.sardonyx.ir;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The activations of recurrent layers by their names. */
final class CellFunctions {
  private CellFunctions() {}

  /** The activations of one direction; parameters are consumed by all directions in turn. */
  static List<UnaryOperator<Value>> of(Recurrent op, int direction) {
    int each = op.defaultActivations().size();
    List<String> names = new ArrayList<>(op.activations());
    while (names.size() < each * op.direction().count()) {
      names.addAll(op.defaultActivations());
    }
    Iterator<Float> alpha = op.activationAlpha().iterator();
    Iterator<Float> beta = op.activationBeta().iterator();
    List<UnaryOperator<Value>> all = new ArrayList<>();
    for (String name : names.subList(0, each * op.direction().count())) {
      all.add(of(name.toLowerCase(Locale.ROOT), alpha, beta));
    }
    return all.subList(each * direction, each * (direction + 1));
  }

  private static UnaryOperator<Value> of(
      String name, Iterator<Float> alphas, Iterator<Float> betas) {
    switch (name) {
      case "relu":
        return Value::relu;
      case "tanh":
        return Value::tanh;
      case "sigmoid":
        return Value::sigmoid;
      case "softplus":
        return Value::softplus;
      case "softsign":
        return x -> x.div(x.abs().add(1));
      default:
        return withParameters(name, alphas, betas);
    }
  }

  private static UnaryOperator<Value> withParameters(
      String name, Iterator<Float> alphas, Iterator<Float> betas) {
    boolean hard = name.equals("hardsigmoid");
    float usual = hard ? 0.2f : name.equals("leakyrelu") ? 0.01f : 1;
    float a = alphas.hasNext() ? alphas.next() : usual;
    switch (name) {
      case "leakyrelu":
        return x -> x.leakyRelu(a);
      case "elu":
        return x -> x.elu(a);
      case "thresholdedrelu":
        return x -> x.ge(a).where(x, x.scalar(0));
      default:
    }
    float b = betas.hasNext() ? betas.next() : hard ? 0.5f : name.equals("affine") ? 0 : 1;
    return switch (name) {
      case "affine" -> x -> x.mul(a).add(b);
      case "scaledtanh" -> x -> x.mul(b).tanh().mul(a);
      case "hardsigmoid" -> x -> x.mul(a).add(b).clip(0, 1);
      default -> throw new IllegalStateException("no activation " + name);
    };
  }
}
