package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.assertRefused;
import static dev.sardonyx.ir.ShapeRules.longs;
import static dev.sardonyx.ir.ShapeRules.type;
import static dev.sardonyx.ir.ShapeRules.x;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.Resampling.AspectRatio;
import dev.sardonyx.ir.Resampling.Coordinates;
import dev.sardonyx.ir.Resampling.Interpolation;
import dev.sardonyx.ir.Resampling.Outside;
import dev.sardonyx.ir.Resampling.Rounding;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTest {
  private static Op resize(AspectRatio ratio, Long... axes) {
    return new Resampling.Resize(
        false,
        List.of(axes),
        Coordinates.HALF_PIXEL,
        -0.75f,
        false,
        0,
        ratio,
        Interpolation.LINEAR,
        Rounding.FLOOR);
  }

  private static Value scales(String text) {
    float[] values = new float[text.split(" ").length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(text.split(" ")[i]);
    }
    return Value.constant(Tensor.of(values, values.length));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[N,3,H,W]    | 1 1 2 0.5   | [N,3,2*H,floor(W/2)]",
        "[N,3,H,W]    | 1 1 1.5 1   | [N,3,floor((3*H)/2),W]",
        "[N,3,H,W]    | 1 1 0.6 1   | [N,3,?,W]",
        "[1,3,5,7]    | 1 1 0.6 2.3 | [1,3,3,16]",
        "[*]          | 1 1 2 2     | [*]",
      })
  void scalesMultiplyExtents(String x, String scales, String y) {
    assertEquals(
        "float32" + y,
        type(resize(AspectRatio.STRETCH), x("float32" + x), x("float32[0]"), scales(scales)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STRETCH     | [N,C,4,6] | 8 9 | [N,C,8,9]",
        "NOT_LARGER  | [N,C,4,6] | 8 9 | [N,C,6,9]",
        "NOT_SMALLER | [N,C,4,6] | 8 9 | [N,C,8,12]",
        "NOT_LARGER  | [N,C,H,6] | 8 9 | [N,C,?,?]",
      })
  void sizesAreExtentsOrBounds(AspectRatio ratio, String x, String sizes, String y) {
    Value value = Value.of(resize(ratio, 2L, 3L), x("float32" + x), null, null, longs(sizes));
    assertEquals("float32" + y, value.type().toString());
  }

  @Test
  void resizeIsToldOneOfTwo() {
    Value image = x("float32[1,3,4,4]");
    Op op = resize(AspectRatio.STRETCH);
    assertRefused(
        "ATTR-042",
        "Resize has both scales and sizes",
        "give one of them",
        () -> Value.of(op, image, null, scales("1 1 2 2"), longs("1 3 8 8")));
    assertRefused(
        "ATTR-042",
        "Resize has neither scales nor sizes",
        "give one of them",
        () -> Value.of(op, image));
    assertRefused(
        "SHAPE-024",
        "Resize needs a vector of length 4 as scales, got 2",
        "its length goes with the axes it is for",
        () -> Value.of(op, image, null, scales("2 2")));
    assertRefused(
        "SHAPE-075",
        "Resize has the scale 0.0",
        "scales are greater than 0; below 1 they shrink",
        () -> Value.of(op, image, null, scales("1 1 0 2")));
  }

  @Test
  void gridsGiveTheExtents() {
    Op sample = new Resampling.GridSample(false, Interpolation.LINEAR, Outside.ZEROS);
    assertEquals("float32[N,C,P,Q]", type(sample, x("float32[N,C,H,W]"), x("float32[N,P,Q,2]")));
    assertRefused(
        "SHAPE-079",
        "GridSample takes images and grids of one rank, 3 or more, got [1,3,4,4] and [1,4,2]",
        "images are [N,C,…], grids [N,…,r] with r spatial axes in both",
        () -> Value.of(sample, x("float32[1,3,4,4]"), x("float32[1,4,2]")));
    Op affine = new Resampling.AffineGrid(true);
    assertEquals(
        "float32[N,5,6,2]",
        type(affine, x("float32[N,2,3]"), longs("2 3 5 6")).replace("[2,", "[N,"));
    assertRefused(
        "SHAPE-078",
        "AffineGrid has matrices of the shape [2,2,3] for an image of 3 axes",
        "theta is [N,2,3] for images [N,C,H,W], [N,3,4] for [N,C,D,H,W]",
        () -> Value.of(affine, x("float32[2,2,3]"), longs("2 3 4 5 6")));
  }

  @Test
  void blocksDivideTheirExtents() {
    assertEquals(
        "float32[N,2,3*H,3*W]",
        type(new Blocks.DepthToSpace(3, Blocks.BlockOrder.CRD), x("float32[N,18,H,W]")));
    assertEquals(
        "float32[N,9*C,4,floor(W/3)]",
        type(new Blocks.SpaceToDepth(3, Blocks.BlockOrder.DCR), x("float32[N,C,12,W]")));
    assertRefused(
        "SHAPE-076",
        "DepthToSpace cannot part 6 channels into blocks of 4",
        "the extent is a multiple of the block",
        () -> Value.of(new Blocks.DepthToSpace(2, Blocks.BlockOrder.DCR), x("float32[1,6,2,2]")));
    assertRefused(
        "SHAPE-070",
        "SpaceToDepth takes an input of rank 4, got rank 3",
        "its axes are batch, channels, rows and columns",
        () -> Value.of(new Blocks.SpaceToDepth(2, Blocks.BlockOrder.DCR), x("float32[6,2,2]")));
  }

  @Test
  void columnsAreTheWindowsOfAnImage() {
    Op op = new Blocks.Col2Im(List.of(), List.of(), List.of());
    assertEquals("float32[N,3,5,6]", type(op, x("float32[N,12,20]"), longs("5 6"), longs("2 2")));
    assertRefused(
        "SHAPE-077",
        "Col2Im has 19 columns for 20 windows",
        "the third axis holds one column for each window of the padded image",
        () -> Value.of(op, x("float32[1,12,19]"), longs("5 6"), longs("2 2")));
    assertRefused(
        "SHAPE-076",
        "Col2Im cannot part 10 rows into windows of 4 elements",
        "the second axis holds the elements of a window for every channel",
        () -> Value.of(op, x("float32[1,10,20]"), longs("5 6"), longs("2 2")));
  }

  @Test
  void centersHaveTheExtentsThatAreWanted() {
    assertEquals(
        "float32[N,9,4]",
        type(new Blocks.CenterCropPad(List.of(-1L, 1L)), x("float32[N,7,C]"), longs("4 9")));
    assertEquals(
        "float32[?,?]",
        type(new Blocks.CenterCropPad(List.of()), x("float32[4,7]"), x("int32[2]")));
  }

  @Test
  void regionsMakeImagesOfOneSize() {
    Regions.RegionCoordinates half = Regions.RegionCoordinates.HALF_PIXEL;
    Op align = new Regions.RoiAlign(half, Regions.RegionPooling.AVG, 7, 5, 0, 1);
    Value image = x("float32[N,C,H,W]");
    assertEquals("float32[R,C,7,5]", type(align, image, x("float32[R,4]"), x("int64[R]")));
    assertRefused(
        "SHAPE-024",
        "RoiAlign needs 4 numbers for each of rois, got 5",
        "the last axis holds them",
        () -> Value.of(align, image, x("float32[R,5]"), x("int64[R]")));
    assertEquals(
        "float32[R,C,2,3]",
        type(new Regions.MaxRoiPool(List.of(2L, 3L), 1), image, x("float32[R,5]")));
    assertEquals(
        "int64[?,3]",
        type(new Regions.NonMaxSuppression(true), x("float32[N,B,4]"), x("float32[N,K,B]")));
    assertRefused(
        "SHAPE-023",
        "NonMaxSuppression needs the boxes of boxes and scores to agree, got 5 and 6",
        "the two extents must be the same",
        () ->
            Value.of(
                new Regions.NonMaxSuppression(true), x("float32[1,5,4]"), x("float32[1,2,6]")));
  }

  @Test
  void choicesHaveExtentsThatOnlyRunningTells() {
    assertEquals("float32[N,?]", type(new Choosing.Compress(1L), x("float32[N,5]"), x("bool[4]")));
    assertEquals("float32[?]", type(new Choosing.Compress(null), x("float32[N,5]"), x("bool[4]")));
    assertEquals(
        List.of("int8[N,?]", "int64[?]", "int64[5]", "int64[?]"),
        Node.of(new Choosing.Unique(1L, true), List.of(x("int8[N,5]")), 4).types().stream()
            .map(Object::toString)
            .toList());
    assertRefused(
        "ATTR-004",
        "ReverseSequence has the batch axis 1 and the time axis 1",
        "they are 0 and 1, or 1 and 0",
        () -> Value.of(new Choosing.ReverseSequence(1, 1), x("float32[2,3]"), x("int64[3]")));
  }
}
