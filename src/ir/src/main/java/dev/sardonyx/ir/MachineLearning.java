package dev.sardonyx.ir;

/**
 * Operators of the domain ai.onnx.ml: what classical learning, and the preparation of its data,
 * turns into. A row of an input [N,C] is a sample; a vector [C] is taken for one.
 */
public sealed interface MachineLearning extends Op
    permits Features, Categories, Dictionaries, LinearModels, SupportVectors, Trees {}
