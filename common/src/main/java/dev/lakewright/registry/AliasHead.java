package dev.lakewright.registry;

import java.util.Optional;

/**
 * The end of an alias's history as it was read: what the next move is compared with.
 *
 * @param sequence number of the last move; 0 for none
 * @param move the last one
 */
record AliasHead(String alias, int sequence, Optional<AliasMove> move) {

  /** The version that the alias points to; 0 for none. */
  int version() {
    return move.map(AliasMove::version).orElse(0);
  }
}
