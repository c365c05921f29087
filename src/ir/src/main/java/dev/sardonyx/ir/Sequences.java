package dev.sardonyx.ir;

/** Lists of tensors, and values that may be absent. */
public sealed interface Sequences extends Op permits SequenceEditing, SequenceJoining, Optionals {}
