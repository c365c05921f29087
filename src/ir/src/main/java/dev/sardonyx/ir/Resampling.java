package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that read images between their pixels. */
public sealed interface Resampling extends Image, Expandable {
  /** How an element between pixels is made. */
  enum Interpolation {
    /** The nearest pixel. */
    NEAREST,
    /** The two nearest along each axis, by their distance. */
    LINEAR,
    /** Four along each axis, by cubic convolution (Keys 1981). */
    CUBIC;

    @Override
    public String toString() {
      return Image.lower(this);
    }
  }

  /** Where in the input an element of the result lies: x from i, of w in the input, v in all. */
  enum Coordinates {
    /** x = (i + ½) / scale - ½. */
    HALF_PIXEL,
    /** As HALF_PIXEL, moved so that the centers meet where the scale does not give whole pixels. */
    HALF_PIXEL_SYMMETRIC,
    /** As HALF_PIXEL, and 0 where the result has one element. */
    PYTORCH_HALF_PIXEL,
    /** x = i · (w - 1) / (v - 1). */
    ALIGN_CORNERS,
    /** x = i / scale. */
    ASYMMETRIC,
    /** As ALIGN_CORNERS, in the part of the input that {@code roi} gives in shares. */
    TF_CROP_AND_RESIZE;

    @Override
    public String toString() {
      return Image.lower(this);
    }
  }

  /** Which pixel is the nearest. */
  enum Rounding {
    ROUND_PREFER_FLOOR,
    ROUND_PREFER_CEIL,
    FLOOR,
    CEIL;

    @Override
    public String toString() {
      return Image.lower(this);
    }
  }

  /** What {@code sizes} are to an image of another aspect ratio. */
  enum AspectRatio {
    /** The sizes of the result. */
    STRETCH,
    /** The most that the result may have, which keeps the ratio. */
    NOT_LARGER,
    /** The least that the result may have, which keeps the ratio. */
    NOT_SMALLER;

    @Override
    public String toString() {
      return Image.lower(this);
    }
  }

  /** What lies outside an image. */
  enum Outside {
    ZEROS,
    /** The nearest pixel of the border. */
    BORDER,
    /** The image mirrored at its border. */
    REFLECTION;

    @Override
    public String toString() {
      return Image.lower(this);
    }
  }

  /**
   * The input at other extents: ⌊extent · scale⌋, or {@code sizes}; one of the two is given, for
   * all axes or for those listed.
   *
   * @param antialias whether downscaling takes into account all pixels that an element covers
   * @param axes what scales, sizes and roi are for; all axes where empty
   * @param cubicCoeffA the parameter a of cubic convolution
   * @param excludeOutside whether pixels outside have no weight; else they are those of the border
   * @param extrapolationValue what lies outside with TF_CROP_AND_RESIZE
   */
  @Onnx(since = 19, from = 13, inputs = "X roi? scales? sizes?")
  record Resize(
      @Default("0") boolean antialias,
      List<Long> axes,
      @Default("half_pixel") Coordinates coordinateTransformationMode,
      @Default("-0.75") float cubicCoeffA,
      @Default("0") boolean excludeOutside,
      @Default("0.0") float extrapolationValue,
      @Default("stretch") AspectRatio keepAspectRatioPolicy,
      @Default("nearest") Interpolation mode,
      @Default("round_prefer_floor") Rounding nearestMode)
      implements Resampling {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(new ResizeShape(in, this).result()));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return ResizeExpansion.of(e, this);
    }
  }

  /**
   * X [N,C,…] at the places that the grid [N,…,r] holds: for each element of the result, from the
   * innermost axis to the outermost, where -1 and 1 are the two ends of an axis.
   *
   * @param alignCorners whether the ends are the centers of the outermost pixels; else their edges
   */
  @Onnx(since = 22, from = 20, inputs = "X grid")
  record GridSample(
      @Default("0") boolean alignCorners,
      @Default("linear") Interpolation mode,
      @Default("zeros") Outside paddingMode)
      implements Resampling {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(Grids.sampled(in)));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return Grids.sample(e, this);
    }
  }

  /**
   * The places that an affine map [N,r,r+1] gives to the pixels of an image of the {@code size}
   * [N,C,…]: a grid [N,…,r] for {@link GridSample}, for r of 2 or 3.
   *
   * @param alignCorners whether the ends of axes are the centers of the outermost pixels
   */
  @Onnx(since = 20, from = 20, inputs = "theta size", outputs = "grid")
  record AffineGrid(@Default("0") boolean alignCorners) implements Resampling {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(AffineGrids.shape(in)));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return AffineGrids.expand(e, alignCorners);
    }
  }
}
