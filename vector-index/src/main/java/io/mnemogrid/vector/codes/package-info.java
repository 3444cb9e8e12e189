/**
 * One bit an element: rows small enough to be scanned or walked through in place of the vectors,
 * whose exact scores are then needed of the best few only.
 *
 * <p>After RaBitQ (Gao and Long, SIGMOD 2024, sections 3.1 to 3.3), without its random rotation:
 * the elements of a sentence embedding are spread evenly enough.
 *
 * <table>
 * <caption>Our words and the paper's</caption>
 * <tr><th>here</th><th>there</th></tr>
 * <tr><td>centre</td><td>centroid c</td></tr>
 * <tr><td>bits, signs</td><td>quantization code of o = (x - c) / |x - c|</td></tr>
 * <tr><td>correction f</td><td>|x - c| / (sqrt(D) * (o-bar, o)): makes the estimate unbiased</td></tr>
 * <tr><td>digits, planes</td><td>the query's scalar quantization (B_q = 4) and its bit planes</td></tr>
 * </table>
 *
 * <p>One departure: a query is cut into planes once, for all indexes, though each has a centre of
 * its own. With d = x - c, s its signs and a the share of c in the query, (d, q) = a (d, c) + (d, q
 * - a c); only the last product is estimated, as f (s, q - a c) = f (s, q) - a f (s, c). So the
 * correction g = (d, c) - f (s, c), times a, does for a centred query what quantizing it anew
 * would.
 */
@NullMarked
package io.mnemogrid.vector.codes;

import org.jspecify.annotations.NullMarked;
