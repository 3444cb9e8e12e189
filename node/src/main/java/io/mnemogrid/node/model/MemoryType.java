package io.mnemogrid.node.model;

/** What kind of knowledge a memory is; clients spell these in lower case. */
public enum MemoryType {
  EPISODIC,
  SEMANTIC,
  PROCEDURAL,
  WORKING,
  STRATEGIC
}
