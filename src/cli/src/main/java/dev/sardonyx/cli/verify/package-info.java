/**
 * Reference cases, found and run: {@link dev.sardonyx.cli.verify.Verification} is the whole. {@link
 * dev.sardonyx.cli.verify.CaseFinder} finds the cases by their files, {@link
 * dev.sardonyx.cli.verify.Layout} tells their kinds apart; a {@code Walk} hands them to processes in
 * which a {@code Worker} runs them, each layout by a runner of its own; an {@link
 * dev.sardonyx.cli.verify.Outcome} is a line of the {@code Report}.
 */
@NullMarked
package dev.sardonyx.cli.verify;

import org.jspecify.annotations.NullMarked;
