package dev.sardonyx.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.proto.TensorProto;

/** Tensors into files: strings as strings, all else as raw bytes. */
final class TensorWriter {
  private TensorWriter() {}

  static TensorProto.Builder write(Tensor tensor, Location at) {
    TensorProto.Builder out = TensorProto.newBuilder().setDataType(tensor.element().code());
    for (long dim : tensor.dims()) {
      out.addDims(dim);
    }
    if (tensor.element() == ElementType.STRING) {
      for (String text : tensor.strings()) {
        out.addStringData(ByteString.copyFromUtf8(Utf8.checked(text, at)));
      }
    } else {
      // Tensors do not change, so their bytes may be used as they are.
      out.setRawData(UnsafeByteOperations.unsafeWrap(tensor.bytes()));
    }
    return out;
  }
}
