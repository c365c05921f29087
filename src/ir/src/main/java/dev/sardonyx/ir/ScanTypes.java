package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;

/** The types of what {@code Scan} gives. */
final class ScanTypes {
  private final Inference in;
  private final ControlFlow.Scan scan;
  private final Body body;
  private final BodyCheck check;
  private final int states;
  private final int sequences;

  ScanTypes(Inference in, ControlFlow.Scan scan) {
    this.in = in;
    this.scan = scan;
    this.body = scan.body();
    this.check = new BodyCheck(in);
    int own = BodyCheck.own(in, body);
    if (scan.numScanInputs() < 1 || scan.numScanInputs() > own) {
      throw in.fail(
          "ATTR-004",
          "cannot scan %s of its %s inputs".formatted(scan.numScanInputs(), own),
          "num_scan_inputs lies between 1 and the number of inputs");
    }
    this.sequences = (int) scan.numScanInputs();
    this.states = own - sequences;
  }

  List<Type> infer() {
    check.inputs(states + sequences, body);
    check.results(states, body);
    int collected = body.outputs().size() - states;
    list("scan_input_axes", scan.scanInputAxes(), sequences);
    list("scan_output_axes", scan.scanOutputAxes(), collected);
    directions("scan_input_directions", scan.scanInputDirections(), sequences);
    directions("scan_output_directions", scan.scanOutputDirections(), collected);
    List<Type> types = new ArrayList<>();
    for (int i = 0; i < states; i++) {
      types.add(state(i));
    }
    Dim length = Dim.UNKNOWN;
    for (int i = 0; i < sequences; i++) {
      length = length(i, length);
    }
    for (int i = 0; i < collected; i++) {
      types.add(collected(i, length));
    }
    return types;
  }

  private void list(String name, List<Long> values, int count) {
    if (!values.isEmpty() && values.size() != count) {
      throw in.fail(
          "ATTR-040",
          "needs %s numbers in %s, got %s".formatted(count, name, values),
          "give one for each, or none at all");
    }
  }

  private void directions(String name, List<Long> values, int count) {
    list(name, values, count);
    if (values.stream().anyMatch(v -> v != 0 && v != 1)) {
      throw in.fail(
          "ATTR-004",
          "cannot take %s as %s".formatted(values, name),
          "0 is from the first to the last, 1 from the last to the first");
    }
  }

  private Type state(int i) {
    Type formal = body.formals().get(i).type();
    Type next = body.outputTypes().get(i);
    check.admits("state " + i, formal, in.type(i));
    check.admits("state " + i, formal, next);
    return check.join("state " + i, in.type(i), next);
  }

  /** What is known of the number of elements, with sequence {@code i} looked at too. */
  private Dim length(int i, Dim known) {
    TensorType sequence = in.type(states + i);
    Type formal = body.formals().get(states + i).type();
    Shape shape = sequence.shape();
    if (!shape.isRanked()) {
      check.admits("element " + i, formal, sequence);
      return known;
    }
    if (shape.rank() == 0) {
      throw in.fail("SHAPE-002", "cannot scan a scalar", "scan along an axis that there is");
    }
    List<Long> axes = scan.scanInputAxes();
    int axis = in.axis(axes.isEmpty() ? 0 : axes.get(i), shape.rank());
    check.admits("element " + i, formal, sequence.with(shape.remove(axis)));
    Dim length = shape.dim(axis);
    if (known.isFixed() && length.isFixed() && !known.equals(length)) {
      throw in.fail(
          "SHAPE-023",
          "scans sequences of %s and %s elements".formatted(known, length),
          "all sequences are of one length");
    }
    return length.isFixed() || known.isUnknown() ? length : known;
  }

  private Type collected(int i, Dim length) {
    Type element = body.outputTypes().get(states + i);
    if (!(element instanceof TensorType tensor)) {
      throw in.fail("TYPE-001", "collects tensors, got " + element, "let the body give a tensor");
    }
    Shape shape = tensor.shape();
    if (!shape.isRanked()) {
      return tensor;
    }
    List<Long> axes = scan.scanOutputAxes();
    int axis = in.axis(axes.isEmpty() ? 0 : axes.get(i), shape.rank() + 1);
    return tensor.with(shape.insert(axis, length));
  }
}
