package dev.sardonyx.runtime;

/**
 * What runs a model's operators. A provider that the ONNX Runtime on the class path was built
 * without is refused when a session is opened (RT-005).
 */
public sealed interface ExecutionProvider {
  ExecutionProvider CPU = new Cpu();

  /** The NVIDIA GPU with number {@code device}, from 0. Needs the onnxruntime_gpu artifact. */
  static ExecutionProvider cuda(int device) {
    return new Cuda(device);
  }

  /** The processor. It is always there, and runs what no other provider can. */
  record Cpu() implements ExecutionProvider {}

  /** One NVIDIA GPU. */
  record Cuda(int device) implements ExecutionProvider {}
}
