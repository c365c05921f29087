package dev.sardonyx.nn;

import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How to train: the arguments of Keras's {@code fit}, with its defaults. {@code
 * epochs(20).batchSize(64).validationSplit(0.1)}.
 */
public final class Fit {
  /** What is printed while training. */
  public enum Verbosity {
    /** {@link #PROGRESS} on a terminal, {@link #EPOCHS} elsewhere. */
    AUTO,
    SILENT,
    /** One line that moves. */
    PROGRESS,
    /** One line an epoch. */
    EPOCHS
  }

  private final int epochs;
  private int batchSize = 32;
  private boolean shuffle = true;
  private double validationSplit;
  private List<Tensor> validationX = List.of();
  private List<Tensor> validationY = List.of();
  private Map<Long, Double> classWeight = Map.of();
  private @Nullable Tensor sampleWeight;
  private final List<Callback> callbacks = new ArrayList<>();
  private Verbosity verbosity = Verbosity.AUTO;
  private int initialEpoch;

  private Fit(int epochs) {
    this.epochs = epochs;
  }

  /** So many times through the data. */
  public static Fit epochs(int epochs) {
    if (epochs < 0) {
      throw new IllegalArgumentException("epochs cannot be negative, got " + epochs);
    }
    return new Fit(epochs);
  }

  /** Samples of one step; the last batch of an epoch may be smaller. Default 32. */
  public Fit batchSize(int samples) {
    if (samples < 1) {
      throw new IllegalArgumentException("a batch has at least one sample, got " + samples);
    }
    batchSize = samples;
    return this;
  }

  /** Whether every epoch takes the samples in a new order. Default true. */
  public Fit shuffle(boolean newShuffle) {
    shuffle = newShuffle;
    return this;
  }

  /** Holds back the last part of the samples, before shuffling, to validate on. Default 0. */
  public Fit validationSplit(double part) {
    if (!(part >= 0 && part < 1)) {
      throw new IllegalArgumentException("the validation split lies in [0, 1), got " + part);
    }
    validationSplit = part;
    return this;
  }

  /** Data to validate on after every epoch. */
  public Fit validationData(Tensor x, Tensor y) {
    return validationData(List.of(x), List.of(y));
  }

  public Fit validationData(List<Tensor> x, List<Tensor> y) {
    validationX = List.copyOf(x);
    validationY = List.copyOf(y);
    return this;
  }

  /** How much samples of each class count; classes that are not named count 1. */
  public Fit classWeight(Map<? extends Number, ? extends Number> weights) {
    classWeight = new TreeMap<>();
    weights.forEach((label, weight) -> classWeight.put(label.longValue(), weight.doubleValue()));
    return this;
  }

  /** How much each sample counts: one number a sample. */
  public Fit sampleWeight(Tensor weights) {
    sampleWeight = weights;
    return this;
  }

  public Fit callbacks(Callback... more) {
    callbacks.addAll(List.of(more));
    return this;
  }

  public Fit verbosity(Verbosity newVerbosity) {
    verbosity = newVerbosity;
    return this;
  }

  /** The epoch to begin with, when training is resumed. Default 0. */
  public Fit initialEpoch(int epoch) {
    initialEpoch = epoch;
    return this;
  }

  int epochCount() {
    return epochs;
  }

  int batchSize() {
    return batchSize;
  }

  boolean shuffle() {
    return shuffle;
  }

  double validationSplit() {
    return validationSplit;
  }

  List<Tensor> validationX() {
    return validationX;
  }

  List<Tensor> validationY() {
    return validationY;
  }

  Map<Long, Double> classWeight() {
    return classWeight;
  }

  @Nullable Tensor sampleWeight() {
    return sampleWeight;
  }

  List<Callback> callbacks() {
    return callbacks;
  }

  Verbosity verbosity() {
    return verbosity;
  }

  int initialEpoch() {
    return initialEpoch;
  }
}
