/**
 * What makes scans fast, and with them the gradients of recurrent layers: a turn of a scan is many
 * small kernels, so that work which does not wait for the turn before is done for all turns at
 * once.
 *
 * <p>{@link dev.sardonyx.compiler.scans.MergeScans} lets one scan do what two did, {@link
 * dev.sardonyx.compiler.scans.ServeByScans} lets it serve a recurrent operator, too, and {@link
 * dev.sardonyx.compiler.scans.HoistFromScans} takes work out of the body.
 */
@NullMarked
package dev.sardonyx.compiler.scans;

import org.jspecify.annotations.NullMarked;
