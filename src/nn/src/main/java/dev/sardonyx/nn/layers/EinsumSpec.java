package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an einsum of an input and a kernel says about the extents of the kernel.
 *
 * @param input the input's axes, a letter each, without those that dots stand for
 * @param kernel the kernel's axes
 * @param output the result's axes, without those that dots stand for
 * @param leftDots how many axes dots stand for in front
 * @param rightDots how many behind
 * @param kernelShape the kernel's extents
 * @param outputExtents the extents of {@code output}, null where they are not known
 */
record EinsumSpec(
    String input,
    String kernel,
    String output,
    int leftDots,
    int rightDots,
    long[] kernelShape,
    List<@Nullable Long> outputExtents) {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\.\\.\\.)?([a-zA-Z]+)(\\.\\.\\.)?,([a-zA-Z]+)->(\\.\\.\\.)?([a-zA-Z]+)(\\.\\.\\.)?");

  static EinsumSpec of(
      EinsumDense layer, String equation, TensorType type, List<@Nullable Long> outputShape) {
    Matcher form = FORM.matcher(equation.replace(" ", ""));
    int rank = Axes.rankAtLeast(layer, type, 1);
    boolean matches = form.matches();
    boolean left = matches && form.group(1) != null && form.group(5) != null;
    boolean right = matches && form.group(3) != null && form.group(7) != null;
    int dots = matches ? rank - form.group(2).length() : 0;
    if (!matches || left && right || dots < 0 || dots > 0 && !left && !right) {
      throw refuse(layer, "has the equation " + equation, type);
    }
    String input = form.group(2);
    String kernel = form.group(4);
    String output = form.group(6);
    int leftDots = left ? dots : 0;
    List<@Nullable Long> extents = new ArrayList<>();
    for (int i = 0; i < output.length(); i++) {
      extents.add(extent(i, leftDots, outputShape));
    }
    long[] shape = new long[kernel.length()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = extent(layer, type, kernel.charAt(i), input, output, leftDots, extents);
    }
    return new EinsumSpec(input, kernel, output, leftDots, right ? dots : 0, shape, extents);
  }

  /** The shape that a user gives has neither the batch nor what dots stand for. */
  private static @Nullable Long extent(int axis, int leftDots, List<@Nullable Long> outputShape) {
    int given = leftDots > 0 ? axis : axis - 1;
    return given < 0 || given >= outputShape.size() ? null : outputShape.get(given);
  }

  private static long extent(
      EinsumDense layer,
      TensorType type,
      char letter,
      String input,
      String output,
      int leftDots,
      List<@Nullable Long> extents) {
    int out = output.indexOf(letter);
    Long known = out < 0 ? null : extents.get(out);
    if (known != null) {
      return known;
    }
    int in = input.indexOf(letter);
    if (in < 0) {
      throw refuse(layer, "does not say how long axis %s of the kernel is".formatted(letter), type);
    }
    Dim dim = type.shape().dim(in + leftDots);
    if (!dim.isFixed()) {
      throw refuse(layer, "needs to know the extent of axis " + (in + leftDots), type);
    }
    return dim.value();
  }

  private static DiagnosticException refuse(EinsumDense layer, String problem, TensorType input) {
    return layer.refuse(
        "NN-018",
        problem,
        List.of(input),
        "write ab,bc->ac, ...x,xy->...y or ab...,bc->ac..., and the result's extents without the batch");
  }

  /** The extents of a bias along {@code axes} of the result, from the first of them on. */
  long[] biasShape(EinsumDense layer, String axes) {
    int first = axes.chars().map(output::indexOf).min().orElse(-1);
    if (first < 0) {
      throw layer.refuse(
          "NN-018",
          "has the bias axes %s, which %s lacks".formatted(axes, output),
          List.of(),
          "name letters of the result");
    }
    long[] shape = new long[output.length() - first + rightDots];
    for (int i = 0; i < shape.length; i++) {
      boolean has = first + i < output.length() && axes.indexOf(output.charAt(first + i)) >= 0;
      shape[i] = has ? extent(output.charAt(first + i)) : 1;
    }
    return shape;
  }

  private long extent(char letter) {
    int k = kernel.indexOf(letter);
    Long known = outputExtents.get(output.indexOf(letter));
    return k >= 0 ? kernelShape[k] : known == null ? 1 : known;
  }

  private boolean isSummed(char letter) {
    return output.indexOf(letter) < 0;
  }

  /** The product of the kernel's extents that are summed over. */
  long rows() {
    return IntStream.range(0, kernelShape.length)
        .filter(i -> isSummed(kernel.charAt(i)))
        .mapToLong(i -> kernelShape[i])
        .reduce(1, (a, b) -> a * b);
  }

  /** The input's axes that are summed over. */
  long[] summedInputAxes() {
    return IntStream.range(0, input.length())
        .filter(i -> isSummed(input.charAt(i)))
        .mapToLong(i -> i + leftDots)
        .toArray();
  }

  /** The extents of a scale that broadcasts against the result. */
  long[] int8ScaleShape() {
    long[] shape = new long[leftDots + output.length() + rightDots];
    for (int i = 0; i < shape.length; i++) {
      int at = i - leftDots;
      int k = at < 0 || at >= output.length() ? -1 : kernel.indexOf(output.charAt(at));
      shape[i] = k < 0 ? 1 : kernelShape[k];
    }
    return shape;
  }

  /** Such a scale as it broadcasts against the kernel. */
  Value ofKernel(Value scale) {
    StringBuilder letters = new StringBuilder();
    List<Long> ones = new ArrayList<>();
    for (int i = 0; i < leftDots + output.length() + rightDots; i++) {
      int at = i - leftDots;
      boolean own = at >= 0 && at < output.length() && kernel.indexOf(output.charAt(at)) >= 0;
      if (own) {
        letters.append(output.charAt(at));
      } else {
        ones.add((long) i);
      }
    }
    Value dense = ones.isEmpty() ? scale : scale.squeeze(ones.stream().mapToLong(o -> o).toArray());
    StringBuilder wanted = new StringBuilder();
    List<Long> summed = new ArrayList<>();
    for (int i = 0; i < kernel.length(); i++) {
      if (isSummed(kernel.charAt(i))) {
        summed.add((long) i);
      } else {
        wanted.append(kernel.charAt(i));
      }
    }
    long[] order =
        wanted.chars().mapToLong(c -> letters.indexOf(String.valueOf((char) c))).toArray();
    Value turned = order.length > 1 ? dense.transpose(order) : dense;
    return summed.isEmpty()
        ? turned
        : turned.unsqueeze(summed.stream().mapToLong(o -> o).toArray());
  }
}
