package dev.sardonyx.ir;

/** Operators of the domain com.microsoft that exported and quantized models contain. */
public sealed interface Contrib extends Op
    permits FusedActivations,
        FusedNormalizations,
        FusedProducts,
        FusedAttention,
        QuantizedArithmetic,
        QuantizedPools,
        QuantizedWeights {
  /** Their domain. */
  String DOMAIN = "com.microsoft";
}
