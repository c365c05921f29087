package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.constant;
import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.distinct;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.longs;
import static dev.sardonyx.testkit.OpCase.uniform;

import dev.sardonyx.ir.Blocks;
import dev.sardonyx.ir.Image;
import dev.sardonyx.ir.Regions;
import dev.sardonyx.ir.Resampling;
import dev.sardonyx.ir.Resampling.Coordinates;
import dev.sardonyx.ir.Resampling.Interpolation;
import dev.sardonyx.ir.Resampling.Outside;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** {@link Image}. */
final class ImageRows {
  private ImageRows() {}

  static List<OpCase> rows() {
    return Stream.of(resizes(), grids(), blocks(), regions()).flatMap(List::stream).toList();
  }

  private static List<OpCase> resizes() {
    return List.of(
        OpCase.of(resize(Interpolation.NEAREST, Coordinates.ASYMMETRIC, List.of()))
            .inputs(f32(2, 3, 4, 5), null, scales(1, 1, 2, 1.5f)),
        OpCase.of(resize(Interpolation.LINEAR, Coordinates.HALF_PIXEL, List.of(2L, 3L)))
            .inputs(f32(2, 3, 4, 5), null, null, longs(6, 3)),
        OpCase.of(resize(Interpolation.LINEAR, Coordinates.ALIGN_CORNERS, List.of(3L)))
            .inputs(f32(2, 3, 4, 5), null, null, longs(7)),
        OpCase.of(resize(Interpolation.CUBIC, Coordinates.PYTORCH_HALF_PIXEL, List.of(-2L, -1L)))
            .inputs(f32(1, 2, 4, 5), null, scales(2, 0.5f)),
        OpCase.of(antialiased())
            .inputs(f32(1, 1, 6, 6), null, null, longs(3, 6))
            .note("antialiased")
            .fixedShapesOnly("how many pixels an element covers depends on the extents"),
        OpCase.of(resize(Interpolation.LINEAR, Coordinates.TF_CROP_AND_RESIZE, List.of(2L, 3L)))
            .inputs(
                f32(1, 2, 4, 4),
                constant(Tensor.of(new float[] {0.1f, 0.2f, 0.8f, 0.9f}, 4)),
                null,
                longs(3, 4)));
  }

  private static OpCase.Source scales(float... values) {
    return constant(Tensor.of(values, values.length));
  }

  private static Resampling.Resize resize(
      Interpolation mode, Coordinates coordinates, List<Long> axes) {
    return new Resampling.Resize(
        false,
        axes,
        coordinates,
        -0.75f,
        false,
        0,
        Resampling.AspectRatio.STRETCH,
        mode,
        Resampling.Rounding.ROUND_PREFER_FLOOR);
  }

  private static Resampling.Resize antialiased() {
    return new Resampling.Resize(
        true,
        list(2, 3),
        Coordinates.HALF_PIXEL,
        -0.75f,
        false,
        0,
        Resampling.AspectRatio.NOT_LARGER,
        Interpolation.LINEAR,
        Resampling.Rounding.ROUND_PREFER_FLOOR);
  }

  private static List<OpCase> grids() {
    return List.of(
        OpCase.of(new Resampling.GridSample(false, Interpolation.LINEAR, Outside.ZEROS))
            .inputs(f32(2, 3, 4, 5), places(2, 3, 2, 2)),
        OpCase.of(new Resampling.GridSample(true, Interpolation.LINEAR, Outside.BORDER))
            .inputs(f32(2, 3, 4, 5), places(2, 3, 2, 2)),
        OpCase.of(new Resampling.GridSample(false, Interpolation.CUBIC, Outside.REFLECTION))
            .inputs(f32(1, 2, 4, 5), places(1, 3, 2, 2)),
        OpCase.of(new Resampling.GridSample(true, Interpolation.NEAREST, Outside.REFLECTION))
            .inputs(f32(1, 2, 4, 5), places(1, 3, 2, 2)),
        OpCase.of(new Resampling.GridSample(false, Interpolation.LINEAR, Outside.REFLECTION))
            .inputs(f32(1, 2, 3, 4, 2), places(1, 2, 1, 2, 3))
            .note("volumes"),
        OpCase.of(new Resampling.AffineGrid(false)).inputs(f32(2, 2, 3), longs(2, 3, 4, 5)),
        OpCase.of(new Resampling.AffineGrid(true)).inputs(f32(2, 3, 4), longs(2, 3, 2, 4, 5)));
  }

  /** Places that lie in the image and around it. */
  private static OpCase.Source places(long... dims) {
    return uniform(-1.3, 1.3, dims);
  }

  private static List<OpCase> blocks() {
    return List.of(
        OpCase.of(new Blocks.DepthToSpace(2, Blocks.BlockOrder.DCR)).inputs(f32(2, 8, 3, 2)),
        OpCase.of(new Blocks.DepthToSpace(2, Blocks.BlockOrder.CRD)).inputs(f32(2, 8, 3, 2)),
        OpCase.of(new Blocks.SpaceToDepth(2, Blocks.BlockOrder.DCR)).inputs(f32(2, 3, 4, 6)),
        OpCase.of(new Blocks.SpaceToDepth(3, Blocks.BlockOrder.CRD)).inputs(f32(1, 2, 3, 6)),
        OpCase.of(new Blocks.CenterCropPad(List.of())).inputs(f32(4, 7), longs(6, 4)),
        OpCase.of(new Blocks.CenterCropPad(list(-1, 1))).inputs(f32(2, 4, 7), longs(4, 9)),
        OpCase.of(new Blocks.Col2Im(list(), list(), list()))
            .inputs(f32(2, 12, 6), longs(3, 4), longs(2, 2)),
        OpCase.of(new Blocks.Col2Im(list(2, 1), list(1, 0, 1, 2), list(2, 2)))
            .inputs(f32(1, 12, 6), longs(5, 4), longs(2, 3)),
        OpCase.of(new Blocks.ImageDecoder(Blocks.PixelFormat.GRAYSCALE))
            .inputs(data(Tensor.zeros(ElementType.UINT8, 8)))
            .notRun("ONNX Runtime has none for ImageDecoder"));
  }

  private static List<Long> list(long... values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static List<OpCase> regions() {
    Regions.RegionCoordinates half = Regions.RegionCoordinates.HALF_PIXEL;
    return List.of(
        OpCase.of(new Regions.RoiAlign(half, Regions.RegionPooling.AVG, 2, 3, 2, 0.5f))
            .inputs(
                f32(2, 3, 6, 7),
                data(
                    Tensor.of(
                        new float[][] {
                          {1, 1, 8.3f, 9.1f}, {0.3f, 2, 12.1f, 6.3f}, {3.1f, 3.3f, 5.9f, 5.7f}
                        })),
                data(Tensor.of(new long[] {1, 0, 1}, 3))),
        OpCase.of(new Regions.RoiAlign(half, Regions.RegionPooling.AVG, 2, 3, 0, 0.5f))
            .inputs(
                f32(2, 3, 6, 7),
                data(Tensor.of(new float[][] {{1, 1, 8.3f, 9.1f}, {0, 2, 12.7f, 6.3f}})),
                data(Tensor.of(new long[] {1, 0}, 2)))
            .note("as many samples as pixels"),
        OpCase.of(
                new Regions.RoiAlign(
                    Regions.RegionCoordinates.OUTPUT_HALF_PIXEL,
                    Regions.RegionPooling.MAX,
                    2,
                    2,
                    0,
                    1))
            .inputs(
                distinct(1, 2, 6, 7),
                data(
                    Tensor.of(new float[][] {{1.1f, 1.2f, 4.3f, 5.1f}, {-3.2f, 2.3f, 6.7f, 2.6f}})),
                data(Tensor.of(new long[] {0, 0}, 2))),
        OpCase.of(new Regions.RoiAlign(half, Regions.RegionPooling.MAX, 2, 3, 2, 1))
            .inputs(
                distinct(2, 2, 6, 7),
                constant(
                    Tensor.of(new float[][] {{1.1f, 1.2f, 4.3f, 5.1f}, {0.2f, 2.3f, 6.7f, 5.6f}})),
                data(Tensor.of(new long[] {1, 0}, 2))),
        OpCase.of(new Regions.MaxRoiPool(list(3, 2), 0.5f))
            .inputs(
                distinct(1, 2, 6, 7),
                constant(
                    Tensor.of(new float[][] {{0, 1.2f, 2.2f, 11, 10}, {0, 14, 2.2f, 30, 6.2f}})))
            .note("beyond the edge"),
        OpCase.of(new Regions.MaxRoiPool(list(2, 3), 1))
            .inputs(
                f32(2, 3, 6, 7),
                constant(Tensor.of(new float[][] {{0, 1, 1, 5, 5}, {1, 0, 2, 6, 4}}))),
        OpCase.of(new Regions.NonMaxSuppression(false))
            .inputs(
                data(Tensor.of(new float[] {0, 0, 1, 1, 0, 0.1f, 1, 1.1f, 0, 10, 1, 11}, 1, 3, 4)),
                data(Tensor.of(new float[] {0.9f, 0.75f, 0.6f}, 1, 1, 3)),
                longs(3),
                constant(Tensor.of(new float[] {0.5f}, 1)),
                constant(Tensor.of(new float[] {0}, 1))));
  }
}
