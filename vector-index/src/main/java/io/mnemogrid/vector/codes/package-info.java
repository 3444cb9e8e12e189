/**
 * One or two bits an element: rows small enough to be scanned or walked through in place of the
 * vectors, whose exact scores are then needed of the best few only.
 *
 * <p>After RaBitQ (Gao and Long, SIGMOD 2024, sections 3.1 to 3.3), with a {@link
 * io.mnemogrid.vector.codes.Rotation} in the place of its random one. Scans go by one bit, in
 * blocks; walks by two unless the options say one, in lines. Of 384 dimensions a code of two bits
 * is two cache lines, where one of seven bits would be six and bf16 twelve; a walk waits for lines
 * more than it reckons, so there are none of these.
 *
 * <table>
 * <caption>Our words and the paper's</caption>
 * <tr><th>here</th><th>there</th></tr>
 * <tr><td>centre</td><td>centroid c</td></tr>
 * <tr><td>code of one bit</td><td>quantization code of o = d / |d|, there with d = x - c</td></tr>
 * <tr><td>code of two bits</td><td>not there: steps of one root mean square of d's elements</td></tr>
 * <tr><td>k, what a code stands for</td><td>o-bar up to its length: signs, halved, with one bit;
 * -3/2, -1/2, 1/2, 3/2 with two</td></tr>
 * <tr><td>axes</td><td>not there: principal components, kept beside the code of one bit</td></tr>
 * <tr><td>correction f</td><td>|d| / (k, o): makes the estimate unbiased</td></tr>
 * <tr><td>block</td><td>codes packed for the fast scan, eight together</td></tr>
 * <tr><td>line</td><td>not there: one code with its corrections, in whole cache lines, for walks
 * that come to codes in no order</td></tr>
 * <tr><td>digits, planes</td><td>the query's scalar quantization (B_q = 4), here without an
 * offset, and its bit planes</td></tr>
 * </table>
 *
 * <p>Two departures. Codes are made of d = x - b c with b = (x, c) / (c, c), which has nothing of
 * the centre's direction left: what a vector has of it is known exactly and takes no part in the
 * estimate's error. With a the share of c in the query, (x, q) = b (c, q) + (d, q - a c); only the
 * last product is estimated, as f (k, q - a c), and with (c, q) added for all, the correction g =
 * (b - 1) (c, c), times a, does the rest. And in an index that is not small, d is without what it
 * has of the {@link io.mnemogrid.vector.codes.Axes}, too: with s of an axis u its share less f (k,
 * u), what it adds to the estimate is s (u, q).
 */
@NullMarked
package io.mnemogrid.vector.codes;

import org.jspecify.annotations.NullMarked;
