package dev.sardonyx.ir;

/** Integers that stand for real numbers, and arithmetic on them. */
public sealed interface Quantization extends Op permits Quantizing, QuantizedProducts {}
