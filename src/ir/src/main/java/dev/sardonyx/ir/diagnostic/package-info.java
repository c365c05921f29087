/**
 * How Sardonyx says no: a {@link dev.sardonyx.ir.diagnostic.Diagnostic} names the rule, the place,
 * what was received and what to do; {@link dev.sardonyx.ir.diagnostic.DiagnosticException} carries
 * it; a {@link dev.sardonyx.ir.diagnostic.Location} is a line of the user's own program or a place
 * in a file.
 */
@NullMarked
package dev.sardonyx.ir.diagnostic;

import org.jspecify.annotations.NullMarked;
