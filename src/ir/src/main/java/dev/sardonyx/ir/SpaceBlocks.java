package dev.sardonyx.ir;

import dev.sardonyx.ir.Blocks.BlockOrder;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DepthToSpace and SpaceToDepth: a block's rows and columns change between two places. */
final class SpaceBlocks {
  private SpaceBlocks() {}

  static Shape toSpace(Inference in, long block) {
    Shape x = image(in, block);
    if (!x.isRanked()) {
      return Vectors.unknown(4);
    }
    Dim channels = divided(in, x.dim(1), block * block, "channels");
    return Shape.of(x.dim(0), channels, x.dim(2).times(block), x.dim(3).times(block));
  }

  static Shape toDepth(Inference in, long block) {
    Shape x = image(in, block);
    if (!x.isRanked()) {
      return Vectors.unknown(4);
    }
    Dim rows = divided(in, x.dim(2), block, "rows");
    Dim columns = divided(in, x.dim(3), block, "columns");
    return Shape.of(x.dim(0), x.dim(1).times(block * block), rows, columns);
  }

  private static Shape image(Inference in, long block) {
    if (block < 1) {
      throw in.fail("ATTR-004", "has the blocksize " + block, "the least it takes is 1");
    }
    Shape x = in.shape(0);
    if (x.isRanked() && x.rank() != 4) {
      throw in.fail(
          "SHAPE-070",
          "takes an input of rank 4, got rank " + x.rank(),
          "its axes are batch, channels, rows and columns");
    }
    return x;
  }

  private static Dim divided(Inference in, Dim extent, long by, String what) {
    if (extent.isFixed() && extent.value() % by != 0) {
      throw in.fail(
          "SHAPE-076",
          "cannot part %s %s into blocks of %s".formatted(extent, what, by),
          "the extent is a multiple of the block");
    }
    return extent.floorDiv(by);
  }

  static @Nullable List<@Nullable Value> toSpace(Expansion e, long block, BlockOrder order) {
    Value x = e.x();
    if (!x.shape().isRanked()) {
      return null;
    }
    Value batch = Extents.axis(x, 0);
    Value channels = divided(x, 1, block * block);
    Value rows = Extents.axis(x, 2);
    Value columns = Extents.axis(x, 3);
    Value blocks = Value.longs(block, block);
    boolean first = order == BlockOrder.DCR;
    Value parts =
        first
            ? in(x, batch, blocks, channels, rows, columns)
            : in(x, batch, channels, blocks, rows, columns);
    Value moved = first ? parts.transpose(0, 3, 4, 1, 5, 2) : parts.transpose(0, 1, 4, 2, 5, 3);
    return List.of(in(moved, batch, channels, times(x, 2, block), times(x, 3, block)));
  }

  static @Nullable List<@Nullable Value> toDepth(Expansion e, long block, BlockOrder order) {
    Value x = e.x();
    if (!x.shape().isRanked()) {
      return null;
    }
    Value batch = Extents.axis(x, 0);
    Value channels = Extents.axis(x, 1);
    Value rows = divided(x, 2, block);
    Value columns = divided(x, 3, block);
    Value size = Value.longs(block);
    Value parts = in(x, batch, channels, rows, size, columns, size);
    boolean first = order == BlockOrder.DCR;
    Value moved = first ? parts.transpose(0, 3, 5, 1, 2, 4) : parts.transpose(0, 1, 3, 5, 2, 4);
    return List.of(in(moved, batch, times(x, 1, block * block), rows, columns));
  }

  private static Value in(Value x, Value... extents) {
    return x.reshape(Extents.join(List.of(extents)));
  }

  private static Value divided(Value x, int axis, long by) {
    Dim extent = x.shape().dim(axis);
    return extent.isFixed()
        ? Value.longs(extent.value() / by)
        : Extents.axis(x, axis).div(Value.longs(by));
  }

  private static Value times(Value x, int axis, long by) {
    Dim extent = x.shape().dim(axis);
    return extent.isFixed()
        ? Value.longs(extent.value() * by)
        : Extents.axis(x, axis).mul(Value.longs(by));
  }
}
