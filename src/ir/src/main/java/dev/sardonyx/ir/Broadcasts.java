package dev.sardonyx.ir;

/**
 * An operator that stretches inputs of extent 1. Its gradient rule may ignore that: the engine sums
 * each gradient back to its input's shape.
 */
public interface Broadcasts {}
