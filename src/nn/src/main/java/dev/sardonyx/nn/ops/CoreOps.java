package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Conversion;
import dev.sardonyx.ir.Indexing.ScatterReduction;
import dev.sardonyx.ir.Scattering;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;

/** {@code keras.ops.core}. */
final class CoreOps {
  private static final String FUNCTION = "holds a Python function, which is never run";

  static final OpTable TABLE =
      new OpTable()
          .op("Cast(x; dtype)", c -> cast(c.x(), c.type("dtype")))
          .op("SaturateCast(x; dtype)", CoreOps::saturate)
          .op(
              "ConvertToTensor(x; dtype=None, sparse=None, ragged=None)",
              c -> cast(c.x(), c.type("dtype", c.x().element())))
          .op("View(x; dtype=None)", CoreOps::view)
          .op("StopGradient(variable)", c -> c.value("variable"))
          .op("Scatter(indices, values; shape)", CoreOps::scatter)
          .op("ScatterUpdate(inputs, indices, updates; reduction=None)", CoreOps::update)
          .op("Slice(inputs, start_indices; shape)", Windowed::slice)
          .op("SliceUpdate(inputs, start_indices, updates)", Windowed::update)
          .refuse("Map", FUNCTION)
          .refuse("Scan", FUNCTION)
          .refuse("AssociativeScan", FUNCTION)
          .refuse("Switch", FUNCTION)
          .refuse("WhileLoop", FUNCTION)
          .refuse("ForiLoop", FUNCTION)
          .refuse("Cond", FUNCTION)
          .refuse("VectorizedMap", FUNCTION)
          .refuse("JVP", FUNCTION)
          .refuse("Function", "is a part of a model, no operation of its own");

  private CoreOps() {}

  /** Numbers become true where they are not 0. */
  static Value cast(Value x, ElementType to) {
    return to == ElementType.BOOL ? Promotion.truth(x) : x.cast(to);
  }

  /** Into the type's range first. */
  private static Value saturate(OpCall call) {
    Value x = Promotion.counted(call.x());
    ElementType to = call.type("dtype");
    if (!to.isInteger() || to.bits() > 32 && x.element().isInteger()) {
      return cast(x, to);
    }
    int bits = to.bits();
    double least = to.isUnsigned() ? 0 : -Math.scalb(1.0, bits - 1);
    double most = Math.scalb(1.0, to.isUnsigned() ? bits : bits - 1) - 1;
    Value wide = x.cast(x.element().isFloat() ? ElementType.FLOAT64 : ElementType.INT64);
    if (!x.element().isFloat()) {
      return wide.max(least).min(most).cast(to);
    }
    Value whole = Functions.truncate(wide.max(least).min(most));
    return bits == 64 ? whole.max(least).min(Math.nextDown(most)).cast(to) : whole.cast(to);
  }

  private static Value view(OpCall call) {
    Value x = call.x();
    ElementType to = call.type("dtype", x.element());
    if (to == x.element()) {
      return x;
    }
    if (to.bits() != x.element().bits()) {
      throw call.refuse(
          "reads %s as %s, of another size".formatted(x.element(), to), "cast to another type");
    }
    return Value.of(new Conversion.BitCast(to), x);
  }

  private static Value scatter(OpCall call) {
    Value values = call.value("values");
    Value zeros = Sizes.filled(values.element(), 0, Value.longs(call.integers("shape")));
    return Value.of(
        new Scattering.ScatterND(ScatterReduction.ADD), zeros, indices(call, zeros), values);
  }

  /** Indices below 0 count from the end. */
  private static Value indices(OpCall call, Value into) {
    Value indices = call.value("indices").cast(ElementType.INT64);
    int axes = (int) Sizes.fixed(call, indices, indices.shape().rank() - 1);
    Value extents = Sizes.shape(into, 0, axes);
    return indices.lt(0).where(indices.add(extents), indices);
  }

  private static Value update(OpCall call) {
    Value inputs = call.value("inputs");
    String reduction = call.has("reduction") ? call.text("reduction") : "none";
    ScatterReduction rule =
        switch (reduction) {
          case "none" -> ScatterReduction.NONE;
          case "add" -> ScatterReduction.ADD;
          case "mul" -> ScatterReduction.MUL;
          case "max" -> ScatterReduction.MAX;
          case "min" -> ScatterReduction.MIN;
          default -> call.wrong("reduction", "add, mul, max or min");
        };
    return Value.of(
        new Scattering.ScatterND(rule),
        inputs,
        indices(call, inputs),
        call.value("updates").cast(inputs.element()));
  }
}
