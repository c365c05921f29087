package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;

/** Losses, encodings of classes and attention. */
final class NnLosses {
  private static final double EPSILON = 1e-7;

  static final OpTable TABLE =
      new OpTable()
          .op("OneHot(x; num_classes, axis=-1, dtype=None, sparse=False)", NnLosses::oneHot)
          .op(
              "MultiHot(inputs; num_classes=None, axis=-1, dtype=None, sparse=False,"
                  + " num_tokens=None)",
              NnLosses::multiHot)
          .op("BinaryCrossentropy(target, output; from_logits=False)", NnLosses::binary)
          .op(
              "CategoricalCrossentropy(target, output; from_logits=False, axis=-1)",
              NnLosses::categorical)
          .op(
              "SparseCategoricalCrossentropy(target, output; from_logits=False, axis=-1)",
              NnLosses::sparse)
          .op(
              "CTCLoss(target, output, target_length, output_length; mask_index=0)",
              Alignments::loss)
          .many(
              "CTCDecode(inputs, sequence_lengths; strategy='greedy', beam_width=100, top_paths=1,"
                  + " merge_repeated=True, mask_index=0)",
              Alignments::decode)
          .op("PSNR(x1, x2; max_val)", NnLosses::signalToNoise)
          .op(
              "DotProductAttention(query, key, value, bias=None, mask=None, scale=None;"
                  + " is_causal=False, flash_attention=None, attn_logits_soft_cap=None)",
              Attention::of)
          .refuse("Polar", "makes complex numbers, which ONNX cannot compute with");

  private NnLosses() {}

  private static Value oneHot(OpCall call) {
    Value x = call.x().cast(ElementType.INT64);
    int axis = call.axis(call.integer("axis"), x.shape().rank() + 1);
    return hot(call, x, axis, "num_classes");
  }

  /** An index below 0 is nowhere. */
  private static Value hot(OpCall call, Value x, int axis, String classes) {
    ElementType element = call.type("dtype", ElementType.FLOAT32);
    Value places =
        Value.longs(java.util.stream.LongStream.range(0, call.integer(classes)).toArray());
    Value each = x.unsqueeze(axis);
    return each.eq(Axes.restore(places, Axes.others(each, axis))).cast(element);
  }

  private static Value multiHot(OpCall call) {
    Value x = call.value("inputs").cast(ElementType.INT64);
    String classes = call.has("num_classes") ? "num_classes" : "num_tokens";
    int axis = call.axis(call.integer("axis"), x.shape().rank() + 1);
    Value each = hot(call, x, axis, classes);
    Value most = Promotion.counted(each).max(false, x.shape().rank() > 1 ? 1 : 0);
    return most.cast(each.element());
  }

  private static Value binary(OpCall call) {
    List<Value> pair = call.floatingPair("target", "output");
    Value target = pair.get(0);
    Value output = pair.get(1);
    if (call.flag("from_logits")) {
      Value bend = Functions.log1p(output.abs().neg().exp());
      return output.max(0).sub(output.mul(target)).add(bend);
    }
    Value p = output.clip(EPSILON, 1 - EPSILON);
    Value no = target.neg().add(1).mul(p.neg().add(1).log());
    return target.mul(p.log()).add(no).neg();
  }

  private static Value categorical(OpCall call) {
    List<Value> pair = call.floatingPair("target", "output");
    Value output = pair.get(1);
    int axis = call.axis("axis", output);
    if (call.flag("from_logits")) {
      return pair.get(0).mul(output.logSoftmax(axis)).sum(false, axis).neg();
    }
    Value share = output.div(output.sum(true, axis)).clip(EPSILON, 1 - EPSILON);
    return pair.get(0).mul(share.log()).sum(false, axis).neg();
  }

  private static Value sparse(OpCall call) {
    Value output = Promotion.floating(call.value("output"));
    int rank = output.shape().rank();
    int axis = call.axis("axis", output);
    Value target = call.value("target").cast(ElementType.INT64);
    Value column = target.shape().rank() == rank ? target : target.unsqueeze(axis);
    Value logs = call.flag("from_logits") ? output : output.clip(EPSILON, 1 - EPSILON).log();
    return logs.logSoftmax(axis).gatherElements(column, axis).squeeze(axis).neg();
  }

  private static Value signalToNoise(OpCall call) {
    List<Value> pair = call.floatingPair("x1", "x2");
    Value error = pair.get(0).sub(pair.get(1)).square().mean();
    double most = 20 * Math.log10(call.number("max_val"));
    return error.log().mul(-10 / Math.log(10)).add(most);
  }
}
