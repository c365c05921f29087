package dev.sardonyx.nn.layers;

import static dev.sardonyx.nn.layers.DataFormat.CHANNELS_FIRST;
import static dev.sardonyx.nn.layers.PreprocessingLayersTest.row;

import dev.sardonyx.nn.layers.PreprocessingLayersTest.Row;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that prepare images: options, and types in inference. */
class ImageLayersTest {
  private static final String IMAGE = "float32[6,7,3]";
  private static final String SAME = "float32[N,6,7,3]";
  private static final String WHOLE = "uint8[6,7,3]";

  static Stream<Row> rows() {
    return Stream.of(
        row(
            Resizing.resizing(4, 5)
                .interpolation(Interpolation.BICUBIC)
                .padToAspectRatio(true)
                .fillValue(3)
                .antialias(true),
            "float32[H,W,3]",
            "float32[N,4,5,3]",
            "height",
            4L,
            "width",
            5L,
            "interpolation",
            "bicubic",
            "pad_to_aspect_ratio",
            true,
            "fill_mode",
            "constant",
            "fill_value",
            3.0,
            "antialias",
            true),
        row(
            Resizing.resizing(4, 5).cropToAspectRatio(true).dataFormat(CHANNELS_FIRST),
            "uint8[3,H,W]",
            "uint8[N,3,4,5]",
            "crop_to_aspect_ratio",
            true,
            "data_format",
            "channels_first"),
        row(CenterCrop.centerCrop(4, 5), "float32[H,W,3]", "float32[N,4,5,3]", "height", 4L),
        row(CenterCrop.centerCrop(8, 5), WHOLE, "float32[N,8,5,3]", "width", 5L),
        row(RandomCrop.randomCrop(4, 5).seed(3), IMAGE, SAME, "height", 4L, "seed", 3L),
        row(RandomFlip.randomFlip(RandomFlip.Mode.VERTICAL), WHOLE, SAME, "mode", "vertical"),
        row(
            RandomRotation.randomRotation(0.2)
                .fillMode(FillMode.CONSTANT)
                .fillValue(2)
                .interpolation(Interpolation.NEAREST),
            IMAGE,
            SAME,
            "factor",
            List.of(-0.2, 0.2),
            "fill_mode",
            "constant",
            "fill_value",
            2.0,
            "interpolation",
            "nearest"),
        row(
            RandomTranslation.randomTranslation(0.1, 0.2).fillMode(FillMode.WRAP),
            IMAGE,
            SAME,
            "height_factor",
            0.1,
            "width_factor",
            0.2,
            "fill_mode",
            "wrap"),
        row(
            RandomZoom.randomZoom(new double[] {0.1, 0.2}, new double[] {-0.1, 0}),
            IMAGE,
            SAME,
            "height_factor",
            List.of(0.1, 0.2),
            "width_factor",
            List.of(-0.1, 0.0)),
        row(RandomShear.randomShear(0.1, 0.2), IMAGE, SAME, "x_factor", 0.1, "y_factor", 0.2),
        row(RandomPerspective.randomPerspective(0.5), IMAGE, SAME, "factor", List.of(0.0, 0.5)),
        row(
            RandomBrightness.randomBrightness(-0.1, 0.3).valueRange(0, 1),
            WHOLE,
            "uint8[N,6,7,3]",
            "factor",
            List.of(-0.1, 0.3),
            "value_range",
            List.of(0.0, 1.0)),
        row(RandomContrast.randomContrast(0.3), IMAGE, SAME, "factor", List.of(0.0, 0.3)),
        row(RandomInvert.randomInvert(0.3), IMAGE, SAME, "factor", List.of(0.0, 0.3)),
        row(RandomGrayscale.randomGrayscale(0.3), IMAGE, SAME, "factor", 0.3),
        row(
            RandomColorDegeneration.randomColorDegeneration(0.3),
            IMAGE,
            SAME,
            "factor",
            List.of(-0.3, 0.3)),
        row(RandomSaturation.randomSaturation(0.3), IMAGE, SAME, "factor", List.of(-0.3, 0.3)),
        row(RandomHue.randomHue(0.3), IMAGE, SAME, "factor", List.of(0.0, 0.3)),
        row(RandomSharpness.randomSharpness(0.3), WHOLE, SAME, "factor", List.of(0.0, 0.3)),
        row(RandomPosterization.randomPosterization(4), IMAGE, SAME, "factor", List.of(1L, 4L)),
        row(
            RandomGaussianBlur.randomGaussianBlur(0.3).kernelSize(3, 5).sigma(0.1, 0.2),
            IMAGE,
            SAME,
            "kernel_size",
            List.of(3L, 5L),
            "sigma",
            List.of(0.1, 0.2)),
        row(
            RandomErasing.randomErasing(0.3).scale(0.1, 0.2).fillValue(1, 2, 3),
            IMAGE,
            SAME,
            "scale",
            List.of(0.1, 0.2),
            "fill_value",
            List.of(1.0, 2.0, 3.0)),
        row(
            RandomColorJitter.randomColorJitter().hueFactor(0.1).contrastFactor(0.1, 0.2),
            IMAGE,
            SAME,
            "hue_factor",
            0.1,
            "contrast_factor",
            List.of(0.1, 0.2),
            "saturation_factor",
            null),
        row(
            RandomElasticTransform.randomElasticTransform(0.3),
            IMAGE,
            SAME,
            "scale",
            List.of(0.0, 1.0),
            "fill_mode",
            "reflect"),
        row(CutMix.cutMix(0.3), IMAGE, SAME, "factor", List.of(0.0, 0.3)),
        row(MixUp.mixUp(0.3), IMAGE, SAME, "alpha", 0.3),
        row(RandAugment.randAugment(0.3), IMAGE, SAME, "num_ops", 2L),
        row(AugMix.augMix(0.3), IMAGE, SAME, "num_chains", 3L, "all_ops", true),
        row(
            Solarization.solarization(0.1, 0.2).valueRange(0, 1),
            WHOLE,
            SAME,
            "addition_factor",
            List.of(0.0, 0.1),
            "threshold_factor",
            List.of(0.0, 0.2)),
        row(
            AutoContrast.autoContrast().valueRange(0, 1),
            WHOLE,
            SAME,
            "value_range",
            List.of(0.0, 1.0)),
        row(Equalization.equalization().bins(64), WHOLE, "uint8[N,6,7,3]", "bins", 64L),
        row(
            ContrastLimitedAdaptiveHistogramEqualization
                .contrastLimitedAdaptiveHistogramEqualization()
                .clipLimit(2)
                .tileGridSize(2, 3),
            WHOLE,
            "uint8[N,6,7,3]",
            "clip_limit",
            2.0,
            "tile_grid_size",
            List.of(2L, 3L)),
        row(MaxNumBoundingBoxes.maxNumBoundingBoxes(5), WHOLE, "uint8[N,6,7,3]", "max_number", 5L));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void writtenAndReadBack(Row row) {
    PreprocessingLayersTest.checkConfig(row);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void types(Row row) {
    PreprocessingLayersTest.checkTypes(row);
  }

  static Stream<Row> pipelines() {
    return Stream.of(
        row(
            Pipeline.pipeline(
                RandomFlip.randomFlip(RandomFlip.Mode.VERTICAL), Resizing.resizing(2, 2)),
            IMAGE,
            "float32[N,2,2,3]"));
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void layersInARow(Row row) {
    PreprocessingLayersTest.checkConfig(row);
    PreprocessingLayersTest.checkTypes(row);
  }
}
