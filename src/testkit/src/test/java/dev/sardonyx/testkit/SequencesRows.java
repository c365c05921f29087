package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.constant;
import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.longs;
import static dev.sardonyx.testkit.OpCase.optional;
import static dev.sardonyx.testkit.OpCase.sequence;

import dev.sardonyx.ir.Optionals;
import dev.sardonyx.ir.SequenceEditing;
import dev.sardonyx.ir.SequenceJoining;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/** {@link dev.sardonyx.ir.Sequences}. */
final class SequencesRows {
  private SequencesRows() {}

  static List<OpCase> rows() {
    List<OpCase> rows = new ArrayList<>(editing());
    rows.addAll(joining());
    rows.addAll(optionals());
    return rows;
  }

  private static OpCase.Source at(long position) {
    return data(Tensor.scalar(position));
  }

  private static List<OpCase> editing() {
    return List.of(
        OpCase.of(new SequenceEditing.SequenceConstruct()).inputs(f32(2, 3), f32(4, 3)),
        OpCase.of(new SequenceEditing.SequenceEmpty(ElementType.INT32))
            .notRun("the list has no first tensor"),
        OpCase.of(new SequenceEditing.SequenceAt()).inputs(sequence(f32(2, 3), f32(4, 3)), at(-1)),
        OpCase.of(new SequenceEditing.SequenceAt())
            .inputs(sequence(f32(2, 3), f32(4, 3)), constant(Tensor.scalar(1L)))
            .note("at a known position"),
        OpCase.of(new SequenceEditing.SequenceInsert())
            .inputs(sequence(f32(2, 3), f32(4, 3)), f32(4), at(0)),
        OpCase.of(new SequenceEditing.SequenceInsert())
            .inputs(sequence(f32(2, 3)), f32(5, 3))
            .note("at the end"),
        OpCase.of(new SequenceEditing.SequenceErase())
            .inputs(sequence(f32(2, 3), f32(4, 3)), at(0)),
        OpCase.of(new SequenceEditing.SequenceErase())
            .inputs(sequence(f32(2, 3), f32(4, 3)))
            .note("the last"),
        OpCase.of(new SequenceEditing.SequenceLength()).inputs(sequence(f32(2, 3), f32(4, 3))));
  }

  private static List<OpCase> joining() {
    return List.of(
        OpCase.of(new SequenceJoining.SplitToSequence(0, true)).inputs(f32(4, 3)),
        OpCase.of(new SequenceJoining.SplitToSequence(-1, false)).inputs(f32(4, 3)),
        OpCase.of(new SequenceJoining.SplitToSequence(1, true))
            .inputs(f32(2, 7), constant(Tensor.scalar(3L))),
        OpCase.of(new SequenceJoining.SplitToSequence(0, true))
            .inputs(f32(6, 2), longs(2, 2, 2))
            .note("of given lengths"),
        OpCase.of(new SequenceJoining.ConcatFromSequence(0, false))
            .inputs(sequence(f32(2, 3), f32(4, 3))),
        OpCase.of(new SequenceJoining.ConcatFromSequence(-1, true))
            .inputs(sequence(f32(2, 3), f32(2, 3))));
  }

  private static List<OpCase> optionals() {
    TensorType type = TensorType.of(ElementType.FLOAT32, 2, 3);
    return List.of(
        OpCase.of(new Optionals.Optional(null)).inputs(f32(2, 3)),
        OpCase.of(new Optionals.Optional(type)).notRun("it holds nothing"),
        OpCase.of(new Optionals.OptionalHasElement()).inputs(optional(f32(2, 3))),
        OpCase.of(new Optionals.OptionalHasElement()).inputs(f32(2)).note("of a tensor"),
        OpCase.of(new Optionals.OptionalGetElement())
            .inputs(optional(f32(2, 3)))
            .note("of an optional"),
        OpCase.of(new Optionals.OptionalGetElement()).inputs(f32(2, 3)));
  }
}
