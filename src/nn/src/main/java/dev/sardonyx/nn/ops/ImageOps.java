package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Slicing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/** {@code keras.ops.image}. */
final class ImageOps {
  private static final String FILLED =
      "interpolation='bilinear', fill_mode='constant', fill_value=0, data_format=None)";

  static final OpTable TABLE =
      new OpTable()
          .op("RGBToGrayscale(images; data_format=None)", Colours::gray)
          .op("RGBToHSV(images; data_format=None)", Colours::toHsv)
          .op("HSVToRGB(images; data_format=None)", Colours::toRgb)
          .op(
              "Resize(images; size, interpolation='bilinear', antialias=False,"
                  + " crop_to_aspect_ratio=False, pad_to_aspect_ratio=False,"
                  + " fill_mode='constant', fill_value=0.0, data_format=None)",
              Resizing::resize)
          .op(
              "ScaleAndTranslate(images, output_shape, scale, translation; spatial_dims, method,"
                  + " antialias=True)",
              Resizing::scaleAndTranslate)
          .op("AffineTransform(images, transform; " + FILLED, Warps::affine)
          .op(
              "PerspectiveTransform(images, start_points, end_points; interpolation='bilinear',"
                  + " fill_value=0, data_format=None)",
              Warps::perspective)
          .op(
              "MapCoordinates(inputs, coordinates; order, fill_mode='constant', fill_value=0)",
              Coordinates::map)
          .op(
              "ExtractPatches(images; size, strides=None, dilation_rate=1, padding='valid',"
                  + " data_format=None)",
              ImageOps::patches)
          .op(
              "PadImages(images; top_padding=None, left_padding=None, bottom_padding=None,"
                  + " right_padding=None, target_height=None, target_width=None,"
                  + " data_format=None)",
              Borders::pad)
          .op(
              "CropImages(images; top_cropping=None, left_cropping=None, bottom_cropping=None,"
                  + " right_cropping=None, target_height=None, target_width=None,"
                  + " data_format=None)",
              Borders::crop)
          .op(
              "GaussianBlur(images; kernel_size=(3, 3), sigma=(1.0, 1.0), data_format=None)",
              ImageOps::blur)
          .op("SobelEdges(images; data_format=None)", ImageOps::edges)
          .op(
              "SSIM(image1, image2; max_val=1.0, filter_size=11, filter_sigma=1.5, k1=0.01,"
                  + " k2=0.03, data_format=None)",
              ImageOps::similarity)
          .refuse("ElasticTransform", "draws random numbers of Keras's backend");

  private ImageOps() {}

  /** Patches as channels: the places of a patch, and at each the channels. */
  private static Value patches(OpCall call) {
    Value given = call.value("images");
    long[] size = call.integers("size");
    if (size.length == 3 || given.shape().rank() == 5) {
      return volumes(call, given);
    }
    Value x = Images.channelsFirst(call, given);
    return Images.fromFirst(call, ordered(call, x, 2), given);
  }

  private static Value volumes(OpCall call, Value given) {
    boolean alone = given.shape().rank() == 4;
    Value batch = alone ? given.unsqueeze(0) : given;
    boolean last = NnWindows.lastChannels(call);
    Value y = ordered(call, last ? Axes.move(batch, 4, 1) : batch, 3);
    Value placed = last ? Axes.move(y, 1, 4) : y;
    return alone ? placed.squeeze(0) : placed;
  }

  private static Value ordered(OpCall call, Value x, int axes) {
    long[] size = call.perAxis("size", axes);
    long[] strides = call.has("strides") ? call.perAxis("strides", axes) : size;
    boolean same = call.text("padding").equalsIgnoreCase("same");
    Value windows =
        NnBlocks.windows(
            call,
            x,
            size,
            strides,
            call.perAxis("dilation_rate", axes),
            same ? null : new long[2 * axes]);
    long channels = Sizes.fixed(call, x, 1);
    Value rest = Sizes.shape(windows, 2, axes + 2);
    Value apart = Sizes.reshape(windows, Sizes.of(x, 0), channels, -1L, rest);
    return Sizes.reshape(
        Axes.swap(apart, 1, 2), Sizes.of(x, 0), windows.shape().dim(1).value(), rest);
  }

  private static double[] bell(long size, double sigma) {
    double[] bell = new double[(int) size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      bell[i] = Math.exp(-0.5 * Math.pow((i - (size - 1) / 2.0) / sigma, 2));
      sum += bell[i];
    }
    for (int i = 0; i < size; i++) {
      bell[i] /= sum;
    }
    return bell;
  }

  private static double[] product(double[] column, double[] row) {
    double[] all = new double[column.length * row.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = column[i / row.length] * row[i % row.length];
    }
    return all;
  }

  private static double number(OpCall call, String name, int i) {
    return call.raw(name) instanceof List<?> list
        ? ((Number) list.get(i)).doubleValue()
        : call.number(name);
  }

  private static Value blur(OpCall call) {
    Value given = call.value("images");
    long[] size = call.perAxis("kernel_size", 2);
    double[] row = bell(size[0], number(call, "sigma", 0));
    double[] column = bell(size[1], number(call, "sigma", 1));
    Value x = Images.channelsFirst(call, given);
    Value y = filtered(call, x, product(column, row), size, AutoPad.SAME_UPPER);
    return Images.fromFirst(call, y, given);
  }

  /** Each channel with one kernel. */
  private static Value filtered(
      OpCall call, Value x, double[] kernel, long[] size, AutoPad padding) {
    long channels = Sizes.fixed(call, x, 1);
    Tensor taps = Tensor.from(x.element(), kernel, new long[] {1, 1, size[0], size[1]});
    Convolution.Conv op =
        new Convolution.Conv(
            padding, List.of(1L, 1L), channels, NnWindows.list(size), List.of(), List.of(1L, 1L));
    return Value.of(op, x, Value.constant(taps).tile(channels, 1, 1, 1));
  }

  private static Value edges(OpCall call) {
    Value x = Images.channelsFirst(call, Promotion.floating(call.value("images")));
    Value around =
        Value.of(new Slicing.Pad(Slicing.PadMode.REFLECT), x, Value.longs(0, 0, 1, 1, 0, 0, 1, 1));
    double[] down = {-1, -2, -1, 0, 0, 0, 1, 2, 1};
    double[] right = {-1, 0, 1, -2, 0, 2, -1, 0, 1};
    long[] size = {3, 3};
    Value dy = filtered(call, around, down, size, AutoPad.VALID).unsqueeze(4);
    Value dx = filtered(call, around, right, size, AutoPad.VALID).unsqueeze(4);
    Value both = Value.concat(4, dy, dx);
    return NnWindows.lastChannels(call) ? both.transpose(0, 2, 3, 1, 4) : both;
  }

  /** Structural similarity, Wang et al. 2004. */
  private static Value similarity(OpCall call) {
    Value given = call.value("image1");
    Value a = Promotion.floating(Images.channelsFirst(call, given));
    Value b = Promotion.floating(Images.channelsFirst(call, call.value("image2")));
    long n = call.integer("filter_size");
    double[] bell = bell(n, call.number("filter_sigma"));
    double[] kernel = product(bell, bell);
    long[] size = {n, n};
    Value ma = filtered(call, a, kernel, size, AutoPad.VALID);
    Value mb = filtered(call, b, kernel, size, AutoPad.VALID);
    Value aa = filtered(call, a.square(), kernel, size, AutoPad.VALID).sub(ma.square());
    Value bb = filtered(call, b.square(), kernel, size, AutoPad.VALID).sub(mb.square());
    Value ab = filtered(call, a.mul(b), kernel, size, AutoPad.VALID).sub(ma.mul(mb));
    double most = call.number("max_val");
    double c1 = Math.pow(call.number("k1") * most, 2);
    double c2 = Math.pow(call.number("k2") * most, 2);
    Value over = ma.mul(mb).mul(2).add(c1).mul(ab.mul(2).add(c2));
    Value under = ma.square().add(mb.square()).add(c1).mul(aa.add(bb).add(c2));
    Value mean = over.div(under).mean(false, 1, 2, 3);
    ElementType type = given.element();
    return (given.shape().rank() == 3 ? mean.squeeze(0) : mean).cast(type);
  }
}
