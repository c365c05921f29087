/**
 * The files that Keras saves, without what they mean: the lowest room of the Keras importer.
 *
 * <p>{@link dev.sardonyx.keras.KerasFile} opens any of them, recognised by content: {@code .keras}
 * archives and folders, whole models in HDF5, JSON with or without weights beside it. It gives the
 * architecture as plain maps and lists, and the {@link dev.sardonyx.keras.Weights} in one of two
 * layouts: by object path ({@link dev.sardonyx.keras.ObjectWeights}, Keras 3) or by layer and
 * weight name ({@link dev.sardonyx.keras.NamedWeights}, Keras 1 and 2, and {@code .h5}). {@link
 * dev.sardonyx.keras.KerasWriter} writes the same files.
 *
 * <p>All bytes are foreign. Names in them are never resolved to code, files or addresses; whatever
 * does not fit the formats or the {@link dev.sardonyx.keras.Limits} is refused by one diagnostic.
 */
@NullMarked
package dev.sardonyx.keras;

import org.jspecify.annotations.NullMarked;
