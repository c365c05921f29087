/**
 * Graphs as text that people read and write, and that loses nothing.
 *
 * <pre>
 * graph layer(x: float32[N,4]) {
 *   param w: float32[4,2] = [1.0, 0.0, 0.0, 1.0, 0.5, 0.5, 2.0, 2.0]
 *   %1 = MatMul(x, w) : float32[N,2]
 *   h = LeakyRelu&lt;alpha=0.2&gt;(%1) : float32[N,2]
 *   %2 = Clip(h, _, 6.0) : float32[N,2]
 *   return y = %2
 * }
 * </pre>
 *
 * <p>{@link dev.sardonyx.ir.text.GraphText} prints and parses. In this text
 *
 * <ul>
 *   <li>{@code param} is a trainable parameter, {@code frozen} one that is not;
 *   <li>{@code %1} is a value that nobody has named, {@code %1 "h"} one whose name another value
 *       has taken, {@code "conv/1"} a name that is no plain word, {@code _} an absent optional
 *       input;
 *   <li>{@code 1.0}, {@code 3}, {@code true} are constant float32, int64 and bool scalars, lists of
 *       them vectors; other types are written out: {@code float64[2,1] [1.0, 2.0]};
 *   <li>{@code base64 "…"} holds larger data, or data that no decimals give exactly, as
 *       little-endian bytes;
 *   <li>a statement may end with {@code @name} of its node, {@code doc "…"} and {@code meta "key" =
 *       "value"}; the graph begins with its own {@code doc} and {@code meta} lines;
 *   <li>result types after a colon may be left out; where written, they must be right;
 *   <li>an attribute that is a graph is written like one, with what it captures after a semicolon:
 *       {@code If<then_branch=graph a(; x: float32[]) { return y = x }, …>(cond, x)}; one that is a
 *       type follows the word {@code type};
 *   <li>{@code //} begins a comment.
 * </ul>
 */
@NullMarked
package dev.sardonyx.ir.text;

import org.jspecify.annotations.NullMarked;
