/**
 * Data from files: a {@link dev.sardonyx.nn.data.Table} of text cells, read from CSV, gives tensors
 * of numbers and of class labels. What is wrong in a file is refused with its line and column.
 */
@NullMarked
package dev.sardonyx.nn.data;

import org.jspecify.annotations.NullMarked;
