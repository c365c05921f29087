package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.config.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cells on top of each other as one: each takes the output of the one below. The states are those
 * of all cells, the lowest first.
 */
public final class StackedRNNCells extends RecurrentCell {
  private List<RecurrentCell> cells = List.of();

  StackedRNNCells() {}

  /** These cells, the lowest first. */
  public static StackedRNNCells stackedRNNCells(List<? extends RecurrentCell> cells) {
    StackedRNNCells made = new StackedRNNCells();
    made.cells = made.checked(List.copyOf(cells));
    return made;
  }

  private List<RecurrentCell> checked(List<RecurrentCell> given) {
    if (given.isEmpty()) {
      throw Allowed.refusal(this, "cells", "one cell or more", given, "give it cells");
    }
    return given;
  }

  @Override
  public List<Long> stateSize() {
    return cells.stream().flatMap(cell -> cell.stateSize().stream()).toList();
  }

  @Override
  protected List<TensorType> stateTypes(TensorType input) {
    List<TensorType> types = new ArrayList<>();
    TensorType x = input;
    for (RecurrentCell cell : cells) {
      List<TensorType> own = cell.stateTypes(x);
      types.addAll(own);
      x = cell.outputType(x);
    }
    return types;
  }

  @Override
  protected TensorType outputType(TensorType input) {
    TensorType x = input;
    for (RecurrentCell cell : cells) {
      x = cell.outputType(x);
    }
    return x;
  }

  @Override
  protected void build(List<TensorType> inputs) {
    TensorType x = inputs.get(0);
    for (RecurrentCell cell : cells) {
      cell.ensureBuilt(List.of(x));
      x = cell.outputType(x);
    }
  }

  @Override
  Value drive(Call call, Value sequence) {
    return cells.get(0).drive(call, sequence.cast(cells.get(0).computeType()));
  }

  @Override
  protected List<Value> step(Call call, Value driven, List<Value> states) {
    List<Value> results = new ArrayList<>();
    Value x = driven;
    int from = 0;
    for (RecurrentCell cell : cells) {
      int to = from + cell.stateSize().size();
      List<Value> own =
          states.subList(from, to).stream().map(s -> s.cast(cell.computeType())).toList();
      List<Value> next =
          from == 0
              ? cell.step(call, x, own)
              : cell.stepAlone(call, x.cast(cell.computeType()), own);
      x = next.get(0);
      for (int i = 0; i < own.size(); i++) {
        results.add(next.get(i + 1).cast(states.get(from + i).element()));
      }
      from = to;
    }
    results.add(0, x);
    return results;
  }

  @Override
  protected boolean changesInTraining() {
    return cells.stream().anyMatch(RecurrentCell::changesInTraining);
  }

  /** By the paths that Keras's weight files have: {@code cells/lstm_cell}. */
  @Override
  public Map<String, Layer> parts() {
    Map<String, Layer> parts = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (RecurrentCell cell : cells) {
      String name = Names.snakeCase(cell.className());
      int k = counts.merge(name, 1, Integer::sum) - 1;
      parts.put("cells/" + (k == 0 ? name : name + "_" + k), cell);
    }
    return parts;
  }

  @Override
  public Layer trainable(boolean isTrainable) {
    cells.forEach(cell -> cell.trainable(isTrainable));
    return super.trainable(isTrainable);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    List<Layer> given = config.objects("cells", Layer.class, List.<Layer>copyOf(cells));
    cells = checked(given.stream().map(cell -> RNN.cellOf(this, "cells", cell)).toList());
    if (!isTrainable()) {
      trainable(false);
    }
  }
}
