/**
 * One bit an element: rows small enough to be scanned or walked through in place of the vectors,
 * whose exact scores are then needed of the best few only.
 *
 * <p>After RaBitQ (Gao and Long, SIGMOD 2024, sections 3.1 to 3.3), with a {@link
 * io.mnemogrid.vector.codes.Rotation} in the place of its random one.
 *
 * <table>
 * <caption>Our words and the paper's</caption>
 * <tr><th>here</th><th>there</th></tr>
 * <tr><td>centre</td><td>centroid c</td></tr>
 * <tr><td>bits, signs</td><td>quantization code of o = d / |d|, there with d = x - c</td></tr>
 * <tr><td>correction f</td><td>|d| / (sqrt(D) * (o-bar, o)): makes the estimate unbiased</td></tr>
 * <tr><td>digits, planes</td><td>the query's scalar quantization (B_q = 4) and its bit planes</td></tr>
 * </table>
 *
 * <p>Two departures. Codes are made of d = x - b c with b = (x, c) / (c, c), which has nothing of
 * the centre's direction left: what a vector has of it is known exactly and takes no part in the
 * estimate's error. And a query is cut into planes once, for all indexes, though each has a centre
 * of its own. With a the share of c in the query and s the signs of d, (x, q) = b (c, q) + (d, q -
 * a c); only the last product is estimated, as f (s, q - a c) = f (s, q) - a f (s, c). With (c, q)
 * added for all, the correction g = (b - 1) (c, c) - f (s, c), times a, does the rest: what
 * quantizing the query anew would.
 */
@NullMarked
package io.mnemogrid.vector.codes;

import org.jspecify.annotations.NullMarked;
