package dev.sardonyx.keras;

/** What kind of file, or pair of files, a model was read from. */
public enum Format {
  /** A {@code .keras} zip archive (Keras 3; TF-Keras from 2.12 on). */
  ARCHIVE("a .keras archive"),
  /** The members of such an archive as files of a folder. */
  FOLDER("a .keras folder"),
  /**
   * Architecture and weights in one HDF5 file ({@code .h5}, {@code .hdf5}, early {@code .keras}).
   */
  HDF5("a whole model in HDF5"),
  /** {@code to_json()} without weights. */
  JSON("an architecture in JSON"),
  /** {@code to_json()} and a file of {@code save_weights()}. */
  JSON_AND_WEIGHTS("an architecture in JSON and a file of weights");

  private final String text;

  Format(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
