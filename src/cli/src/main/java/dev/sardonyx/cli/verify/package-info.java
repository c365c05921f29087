/**
 * Reference cases, found and run: {@link dev.sardonyx.cli.verify.Verification} is the whole. A
 * {@code CaseFinder} finds the cases by their files, and {@link dev.sardonyx.cli.verify.Layout}
 * tells their kinds apart. A {@code Walk} hands them to processes in which a {@link
 * dev.sardonyx.cli.verify.Worker} runs them; each {@link dev.sardonyx.cli.verify.Outcome} is a line
 * of the {@code Report}. What a case says of the product is in {@link dev.sardonyx.cli.product}.
 */
@NullMarked
package dev.sardonyx.cli.verify;

import org.jspecify.annotations.NullMarked;
