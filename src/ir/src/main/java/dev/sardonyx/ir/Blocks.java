package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that move whole pixels and blocks of them. */
public sealed interface Blocks extends Image {
  /** In which order a channel's number counts its place in a block. */
  enum BlockOrder {
    /** Row, column, then channel. */
    DCR,
    /** Channel, row, then column. */
    CRD
  }

  /** The colors of a pixel. */
  enum PixelFormat {
    RGB("RGB"),
    BGR("BGR"),
    GRAYSCALE("Grayscale");

    private final String text;

    PixelFormat(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Channels made into pixels: X [N,C,H,W] as [N,C/b²,H·b,W·b], each pixel a block of b by b.
   *
   * @param blocksize b
   */
  @Onnx(since = 28, from = 11, inputs = "input", outputs = "output")
  record DepthToSpace(long blocksize, @Default("DCR") BlockOrder mode)
      implements Blocks, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(SpaceBlocks.toSpace(in, blocksize)));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return SpaceBlocks.toSpace(e, blocksize, mode);
    }
  }

  /**
   * Pixels made into channels: X [N,C,H,W] as [N,C·b²,H/b,W/b], blocks of b by b made one pixel.
   *
   * @param blocksize b
   */
  @Onnx(since = 28, from = 1, inputs = "input", outputs = "output")
  record SpaceToDepth(long blocksize, @Default("DCR") BlockOrder mode)
      implements Blocks, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(SpaceBlocks.toDepth(in, blocksize)));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return SpaceBlocks.toDepth(e, blocksize, mode);
    }
  }

  /**
   * The middle of the input, of the extents that the second input gives, with zeros around it where
   * it is larger. What is odd is left at the end.
   *
   * @param axes what the extents are for; all axes where empty
   */
  @Onnx(since = 18, from = 18, inputs = "input_data shape", outputs = "output_data")
  record CenterCropPad(List<Long> axes) implements Blocks, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(Centering.shape(in, axes)));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return Centering.expand(e, axes);
    }
  }

  /**
   * The images whose windows are the columns of [N,C·b,L], with b elements in a window and L
   * windows: [N,C,…]. What windows have in common is added up.
   */
  @Onnx(since = 18, from = 18, inputs = "input image_shape block_shape", outputs = "output")
  record Col2Im(List<Long> dilations, List<Long> pads, List<Long> strides)
      implements Blocks, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(Columns.shape(in, this)));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return Columns.expand(e, this);
    }
  }

  /**
   * The pixels [H,W,C] of an image that was encoded as BMP, JPEG, JPEG 2000, TIFF, PNG, WebP or
   * PNM; of no extent where it cannot be decoded.
   */
  @Onnx(since = 20, from = 20, inputs = "encoded_stream", outputs = "image")
  @NotDifferentiable("the input is encoded bytes")
  record ImageDecoder(@Default("RGB") PixelFormat pixelFormat) implements Blocks {
    @Override
    public List<Type> infer(Inference in) {
      Shape shape = in.shape(0);
      if (shape.isRanked() && shape.rank() != 1) {
        throw in.fail(
            "SHAPE-020",
            "takes a vector as encoded_stream, got rank " + shape.rank(),
            "give it the bytes of one file");
      }
      // An image that cannot be decoded has no channels either.
      return List.of(TensorType.of(ElementType.UINT8, Dim.UNKNOWN, Dim.UNKNOWN, Dim.UNKNOWN));
    }
  }
}
