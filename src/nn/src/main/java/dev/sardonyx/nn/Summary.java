package dev.sardonyx.nn;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.SymbolicTensor;
import dev.sardonyx.nn.layers.SymbolicTensor.Application;
import dev.sardonyx.nn.layers.Weight;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The table of a model's layers, as Keras prints it. */
final class Summary {
  private static final List<String> TITLES = List.of("Layer (type)", "Output Shape", "Param #");

  private Summary() {}

  static String of(Model model) {
    Map<SymbolicTensor, String> names = names(model);
    boolean branches = branches(model);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < model.inputs().size(); i++) {
      Input input = model.inputs().get(i);
      rows.add(
          row(
              model.inputNames().get(i) + " (Input)",
              input.type().shape(),
              0,
              List.of(),
              branches));
    }
    List<Layer> seen = new ArrayList<>();
    for (Application application : model.applications()) {
      Layer layer = application.layer();
      long params = seen.contains(layer) ? 0 : params(layer.weights());
      seen.add(layer);
      String name = nameOf(model, layer) + " (" + layer.className() + ")";
      List<String> from = application.inputs().stream().map(names::get).toList();
      rows.add(row(name, shapeOf(model, application), params, from, branches));
    }
    String name = model.name() == null ? "model" : model.name();
    return "Model: \"" + name + "\"\n" + table(rows, branches) + totals(model);
  }

  private static List<String> row(
      String name, Shape shape, long params, List<String> from, boolean branches) {
    List<String> cells =
        new ArrayList<>(
            List.of(name, kerasShape(shape), String.format(Locale.ROOT, "%,d", params)));
    if (branches) {
      cells.add(String.join(", ", from));
    }
    return cells;
  }

  /** Whether the model is more than a row of layers, so that a column says what feeds what. */
  private static boolean branches(Model model) {
    List<Application> order = model.applications();
    return model.inputs().size() > 1
        || IntStream.range(0, order.size())
            .anyMatch(
                i ->
                    order.get(i).inputs().size() != 1
                        || i > 0 && order.get(i).inputs().get(0).application() != order.get(i - 1));
  }

  private static Map<SymbolicTensor, String> names(Model model) {
    Map<SymbolicTensor, String> names = new IdentityHashMap<>();
    for (int i = 0; i < model.inputs().size(); i++) {
      names.put(model.inputs().get(i), model.inputNames().get(i));
    }
    for (Application application : model.applications()) {
      for (SymbolicTensor input : application.inputs()) {
        if (input.application() != null) {
          names.put(input, nameOf(model, input.application().layer()));
        }
      }
    }
    return names;
  }

  private static String nameOf(Model model, Layer layer) {
    return model.layers().entrySet().stream()
        .filter(e -> e.getValue() == layer)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** The shape of an application's first result, from whoever takes it. */
  private static Shape shapeOf(Model model, Application application) {
    return Stream.concat(
            model.applications().stream().flatMap(a -> a.inputs().stream()),
            model.outputs().stream())
        .filter(t -> t.application() == application)
        .findFirst()
        .orElseThrow()
        .type()
        .shape();
  }

  private static String kerasShape(Shape shape) {
    return shape.dims().stream()
        .map(d -> d.equals(Dim.symbol("N")) ? "None" : d.toString())
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String table(List<List<String>> rows, boolean branches) {
    List<String> titles = new ArrayList<>(TITLES);
    if (branches) {
      titles.add("Connected to");
    }
    int[] widths = new int[titles.size()];
    for (int c = 0; c < widths.length; c++) {
      int column = c;
      widths[c] =
          Math.max(
              titles.get(c).length(),
              rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0));
    }
    StringBuilder text = new StringBuilder(rule(widths, "┌", "┬", "┐"));
    text.append(line(widths, titles)).append(rule(widths, "├", "┼", "┤"));
    rows.forEach(row -> text.append(line(widths, row)));
    return text.append(rule(widths, "└", "┴", "┘")).toString();
  }

  private static String rule(int[] widths, String left, String middle, String right) {
    return IntStream.of(widths)
        .mapToObj(w -> "─".repeat(w + 2))
        .collect(Collectors.joining(middle, left, right + "\n"));
  }

  private static String line(int[] widths, List<String> cells) {
    StringBuilder text = new StringBuilder("│");
    for (int c = 0; c < widths.length; c++) {
      // Numbers to the right, as Keras does.
      String format = c == 2 ? " %" + widths[c] + "s │" : " %-" + widths[c] + "s │";
      text.append(String.format(Locale.ROOT, format, cells.get(c)));
    }
    return text.append('\n').toString();
  }

  private static String totals(Model model) {
    List<Weight> all = model.weights();
    long trainable = params(all.stream().filter(Weight::isTrainable).toList());
    return line("Total params", params(all))
        + line("Trainable params", trainable)
        + line("Non-trainable params", params(all) - trainable);
  }

  private static String line(String what, long params) {
    double bytes = 4.0 * params;
    String size =
        bytes < 1024
            ? String.format(Locale.ROOT, "%.2f B", bytes)
            : bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.2f KB", bytes / 1024)
                : String.format(Locale.ROOT, "%.2f MB", bytes / (1 << 20));
    return String.format(Locale.ROOT, " %s: %,d (%s)\n", what, params, size);
  }

  private static long params(List<Weight> weights) {
    return weights.stream().mapToLong(Weight::size).sum();
  }
}
