/**
 * The command line: {@link dev.sardonyx.cli.Sardonyx} is the program, and each class called a
 * command is one of its commands. What {@code verify} does is in {@link dev.sardonyx.cli.verify}.
 */
@NullMarked
package dev.sardonyx.cli;

import org.jspecify.annotations.NullMarked;
