/**
 * The Maven plugin. {@link dev.sardonyx.maven.CompileMojo} turns a Maven project into a {@link
 * dev.sardonyx.build.CompileRequest} and its result into Maven's words; all else is in {@code
 * dev.sardonyx.build}.
 */
@NullMarked
package dev.sardonyx.maven;

import org.jspecify.annotations.NullMarked;
