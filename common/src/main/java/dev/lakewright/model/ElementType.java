package dev.lakewright.model;

/** Element types of tensors, by their names in the safetensors format. */
enum ElementType {
  U8(1),
  I32(4),
  I64(8),
  F32(4),
  F64(8);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  int bytes() {
    return bytes;
  }
}
