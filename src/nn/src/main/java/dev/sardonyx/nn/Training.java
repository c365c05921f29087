package dev.sardonyx.nn;

/** A {@code fit} in progress, as callbacks see it. */
public interface Training {
  /** The model, with the weights of this moment. */
  Model model();

  /** Ends training after this epoch. */
  void stop();

  /** The learning rate of the next step. */
  double learningRate();

  /** Changes the learning rate; refused when a schedule sets it. */
  void learningRate(double rate);
}
