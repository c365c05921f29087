package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators on regions of images, as detectors propose them. */
public sealed interface Regions extends Image {
  /** Where the pixels of a feature map lie. */
  enum RegionCoordinates {
    /** Pixel i at i + ½. */
    HALF_PIXEL,
    /** Pixel i at i. */
    OUTPUT_HALF_PIXEL;

    @Override
    public String toString() {
      return Image.lower(this);
    }
  }

  /** What stands for the samples in a bin. */
  enum RegionPooling {
    AVG,
    MAX;

    @Override
    public String toString() {
      return Image.lower(this);
    }
  }

  /**
   * For each region a part of its image at fixed extents (Mask R-CNN, arXiv:1703.06870): X is
   * [N,C,H,W], the regions [R,4] hold x1, y1, x2, y2, the batch indices [R] the images; the result
   * is [R,C,outputHeight,outputWidth].
   *
   * <p>Images have gradients, and so have regions, whose corners move the samples; where a sample
   * meets a pixel that of the region is 0.
   *
   * @param samplingRatio how many samples a bin has along each axis; 0: as many as it covers pixels
   * @param spatialScale what the regions' coordinates are multiplied by
   */
  @Onnx(since = 22, from = 16, inputs = "X rois batch_indices")
  record RoiAlign(
      @Default("half_pixel") RegionCoordinates coordinateTransformationMode,
      @Default("avg") RegionPooling mode,
      @Default("1") long outputHeight,
      @Default("1") long outputWidth,
      @Default("0") long samplingRatio,
      @Default("1.0") float spatialScale)
      implements Regions, Formula {
    @Override
    public @Nullable Value formula(Expansion e) {
      return RegionSamples.of(e, this);
    }

    @Override
    public List<Type> infer(Inference in) {
      if (outputHeight < 1 || outputWidth < 1 || samplingRatio < 0) {
        throw in.fail(
            "ATTR-004",
            "has the output %s by %s and the sampling ratio %s"
                .formatted(outputHeight, outputWidth, samplingRatio),
            "extents are 1 or more, the ratio is 0 or more");
      }
      requireLike(in, 1);
      Vectors.requireInt64(in, 2);
      Dim regions = regions(in, 4);
      Shape indices = ranked(in, 2, 1, "its axis is regions");
      regions = Vectors.same(in, regions, indices.dim(0), "the numbers of rois and batch_indices");
      Dim channels = channels(in);
      return List.of(
          in.type(0).with(Shape.of(regions, channels, Dim.of(outputHeight), Dim.of(outputWidth))));
    }
  }

  /**
   * For each region the greatest elements of its bins (Fast R-CNN, arXiv:1504.08083): X is
   * [N,C,H,W], the regions [R,5] hold the image's index, x1, y1, x2, y2; the result is [R,C,…].
   *
   * <p>Regions are rounded to whole pixels, so that they have no gradient; of equal elements in a
   * bin each takes its part.
   *
   * @param pooledShape the result's height and width
   * @param spatialScale what the regions' coordinates are multiplied by
   */
  @Onnx(since = 22, from = 1, inputs = "X rois")
  record MaxRoiPool(List<Long> pooledShape, @Default("1.0") float spatialScale)
      implements Regions, Formula {
    @Override
    public @Nullable Value formula(Expansion e) {
      return RegionMaxima.of(e, this);
    }

    @Override
    public List<Type> infer(Inference in) {
      if (pooledShape.size() != 2 || pooledShape.stream().anyMatch(extent -> extent < 1)) {
        throw in.fail(
            "ATTR-004",
            "has the pooled_shape " + pooledShape,
            "it holds the result's height and width, 1 or more");
      }
      requireLike(in, 1);
      Dim regions = regions(in, 5);
      Dim height = Dim.of(pooledShape.get(0));
      Dim width = Dim.of(pooledShape.get(1));
      return List.of(in.type(0).with(Shape.of(regions, channels(in), height, width)));
    }
  }

  /**
   * The boxes that overlap with none of a better score: rows of batch, class and box. Boxes are
   * [N,B,4], scores [N,C,B].
   *
   * @param centerPointBox whether boxes are x, y, width, height of their centers; else two corners,
   *     y1, x1, y2, x2
   */
  @Onnx(
      since = 11,
      from = 10,
      inputs = "boxes scores max_output_boxes_per_class? iou_threshold? score_threshold?",
      outputs = "selected_indices")
  @NotDifferentiable("the result is indices")
  record NonMaxSuppression(@Default("0") boolean centerPointBox) implements Regions {
    @Override
    public List<Type> infer(Inference in) {
      Shape boxes = ranked(in, 0, 3, "its axes are batch, boxes and the 4 numbers of a box");
      Shape scores = ranked(in, 1, 3, "its axes are batch, classes and boxes");
      requireNumbers(in, 0, boxes.dim(2), 4);
      Vectors.same(in, boxes.dim(0), scores.dim(0), "the batches of boxes and scores");
      Vectors.same(in, boxes.dim(1), scores.dim(2), "the boxes of boxes and scores");
      for (int i = 2; i < in.size(); i++) {
        if (in.has(i)) {
          Vectors.requireSingle(in, i);
        }
      }
      return List.of(TensorType.of(ElementType.INT64, Dim.UNKNOWN, Dim.of(3)));
    }
  }

  private static void requireLike(Inference in, int i) {
    if (in.element(i) != in.element(0)) {
      throw in.fail(
          "TYPE-002",
          "needs inputs of one element type, got %s and %s".formatted(in.element(0), in.element(i)),
          "cast one of them; ONNX converts nothing by itself");
    }
  }

  private static Dim channels(Inference in) {
    return ranked(in, 0, 4, "its axes are batch, channels, rows and columns").dim(1);
  }

  private static Dim regions(Inference in, int numbers) {
    Shape rois = ranked(in, 1, 2, "its axes are regions and the numbers of a region");
    requireNumbers(in, 1, rois.dim(1), numbers);
    return rois.dim(0);
  }

  private static void requireNumbers(Inference in, int i, Dim extent, int numbers) {
    if (extent.isFixed() && !extent.is(numbers)) {
      throw in.fail(
          "SHAPE-024",
          "needs %s numbers for each of %s, got %s"
              .formatted(numbers, in.schema().inputName(i), extent),
          "the last axis holds them");
    }
  }

  private static Shape ranked(Inference in, int i, int rank, String help) {
    Shape shape = in.shape(i);
    if (shape.isRanked() && shape.rank() != rank) {
      throw in.fail(
          "SHAPE-070",
          "takes %s of rank %s, got rank %s"
              .formatted(in.schema().inputName(i), rank, shape.rank()),
          help);
    }
    return shape.isRanked() ? shape : Vectors.unknown(rank);
  }
}
