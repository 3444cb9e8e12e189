package io.mnemogrid.node.embed;

/** Why a request is made; what comes first here goes first. */
enum Urgency {
  /** A question is to be embedded, and an agent waits. */
  QUESTION,
  /** Texts are to be scored; an agent waits here too, for more work. */
  RERANKING,
  /** Texts are to be embedded in order to be kept. */
  STORE
}
