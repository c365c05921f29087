package dev.sardonyx.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import dev.sardonyx.ir.type.ElementType;
import org.jspecify.annotations.Nullable;

/** Our element types in ONNX Runtime's Java API. */
final class Elements {
  private Elements() {}

  /** The element type, or null if the Java API has no name for it. */
  static @Nullable ElementType of(OnnxTensorType type) {
    return switch (type) {
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UNDEFINED -> null;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> ElementType.UINT8;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> ElementType.INT8;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16 -> ElementType.UINT16;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> ElementType.INT16;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32 -> ElementType.UINT32;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> ElementType.INT32;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64 -> ElementType.UINT64;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> ElementType.INT64;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> ElementType.FLOAT16;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> ElementType.FLOAT32;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> ElementType.FLOAT64;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING -> ElementType.STRING;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> ElementType.BOOL;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_COMPLEX64 -> ElementType.COMPLEX64;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_COMPLEX128 -> ElementType.COMPLEX128;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> ElementType.BFLOAT16;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E4M3FN -> ElementType.FLOAT8E4M3FN;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E4M3FNUZ -> ElementType.FLOAT8E4M3FNUZ;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E5M2 -> ElementType.FLOAT8E5M2;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E5M2FNUZ -> ElementType.FLOAT8E5M2FNUZ;
    };
  }

  /** The type whose native values can lie over our buffers, or null if there is none. */
  static @Nullable OnnxJavaType overBuffers(ElementType element) {
    return switch (element) {
      case FLOAT32 -> OnnxJavaType.FLOAT;
      case FLOAT64 -> OnnxJavaType.DOUBLE;
      case FLOAT16 -> OnnxJavaType.FLOAT16;
      case BFLOAT16 -> OnnxJavaType.BFLOAT16;
      case INT8 -> OnnxJavaType.INT8;
      case UINT8 -> OnnxJavaType.UINT8;
      case INT16 -> OnnxJavaType.INT16;
      case INT32 -> OnnxJavaType.INT32;
      case INT64 -> OnnxJavaType.INT64;
      case BOOL -> OnnxJavaType.BOOL;
      default -> null;
    };
  }

  /** Whether tensors of this type can go into a run and come out of one. */
  static boolean isCarried(ElementType element) {
    return overBuffers(element) != null
        || element == ElementType.STRING
        || UnsignedTensors.isUnsigned(element);
  }
}
