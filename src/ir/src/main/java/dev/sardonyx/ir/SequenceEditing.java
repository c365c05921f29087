package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operators that make lists of tensors, look into them and change them.
 *
 * <p>What is known of the tensors in a list is what all of them have in common: the element type,
 * and of the shape what is the same for each. A position counts from 0, a negative one from the
 * end.
 */
public sealed interface SequenceEditing extends Sequences {
  /** The list of the inputs, which have one element type. */
  @Onnx(since = 11, from = 11, inputs = "inputs*", outputs = "output_sequence")
  record SequenceConstruct() implements SequenceEditing {
    @Override
    public List<Type> infer(Inference in) {
      in.sameElements(0);
      TensorType all = in.type(0);
      for (int i = 1; i < in.size(); i++) {
        all = Containers.merge(all, in.type(i));
      }
      return List.of(new Type.Sequence(all));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return SequenceGradients.construct(p);
    }
  }

  /**
   * The empty list.
   *
   * @param dtype the element type of the tensors that it has none of; float32 unless given
   */
  @Onnx(since = 11, from = 11, inputs = "", outputs = "output")
  @NotDifferentiable("it has no inputs")
  record SequenceEmpty(@Default("") @Nullable ElementType dtype) implements SequenceEditing {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(Containers.listOf(dtype == null ? ElementType.FLOAT32 : dtype));
    }
  }

  /** The tensor at a position. */
  @Onnx(since = 11, from = 11, inputs = "input_sequence position", outputs = "tensor")
  record SequenceAt() implements SequenceEditing {
    @Override
    public List<Type> infer(Inference in) {
      Type any = Containers.sequence(in, 0).element();
      Long position = Containers.position(in, 1, 0);
      Value list = in.value(0);
      if (position == null || !(list.op() instanceof SequenceConstruct)) {
        return List.of(any);
      }
      int count = list.node().inputs().size();
      int at = (int) (position < 0 ? position + count : position);
      return List.of(list.node().input(at).type());
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return SequenceGradients.at(p);
    }
  }

  /** The list with a tensor put in before a position, or at the end without one. */
  @Onnx(
      since = 11,
      from = 11,
      inputs = "input_sequence tensor position?",
      outputs = "output_sequence")
  record SequenceInsert() implements SequenceEditing {
    @Override
    public List<Type> infer(Inference in) {
      TensorType old = Containers.tensors(in, 0);
      if (old.element() != in.element(1)) {
        throw in.fail(
            "TYPE-002",
            "needs inputs of one element type, got %s and %s"
                .formatted(old.element(), in.element(1)),
            "cast the tensor to what the list holds");
      }
      Containers.position(in, 2, 1);
      boolean first = in.value(0).op() instanceof SequenceEmpty;
      return List.of(new Type.Sequence(first ? in.type(1) : Containers.merge(old, in.type(1))));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return SequenceGradients.insert(p);
    }
  }

  /** The list without the tensor at a position, or without the last one. */
  @Onnx(since = 11, from = 11, inputs = "input_sequence position?", outputs = "output_sequence")
  record SequenceErase() implements SequenceEditing {
    @Override
    public List<Type> infer(Inference in) {
      Containers.position(in, 1, 0);
      return List.of(Containers.sequence(in, 0));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return SequenceGradients.erase(p);
    }
  }

  /** The number of tensors in the list. */
  @Onnx(since = 11, from = 11, inputs = "input_sequence", outputs = "length")
  @NotDifferentiable("the result is an integer")
  record SequenceLength() implements SequenceEditing, ShapeOnly {
    @Override
    public List<Type> infer(Inference in) {
      Containers.sequence(in, 0);
      return List.of(TensorType.scalar(ElementType.INT64));
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      Dim length = Containers.length(in.value(0));
      return length.isUnknown() ? null : List.of(length);
    }
  }
}
