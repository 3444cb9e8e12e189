package io.mnemogrid.perf.recall;

import java.util.Set;

/**
 * What is asked, as it stands.
 *
 * @param category what kind of question it is; the same for all where kinds are not told apart
 * @param evidence ids of the texts that answer it, at least one. One that no text has counts as
 *     never found
 */
record Question(String text, String category, Set<String> evidence) {}
