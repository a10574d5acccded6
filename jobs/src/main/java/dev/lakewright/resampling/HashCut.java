package dev.lakewright.resampling;

import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * Where the random order of a class is cut: the rows of smaller hashes lie below, and those of this
 * very hash as far as {@code tie} says, all of them if it is empty.
 */
record HashCut(long hash, Optional<Tie> tie) {

  /**
   * Rows of one hash are ordered by their content; rows of equal content are equal.
   *
   * @param content rows of smaller content lie below the cut
   * @param rows how many of those of this very content lie below it too
   */
  record Tie(long content, long rows) {}

  /** Whether a row lies below the cut; of equal rows in a tie none does. */
  Column below(Column order, Column content) {
    return tie.map(equal -> order.lt(hash).or(order.equalTo(hash).and(content.lt(equal.content()))))
        .orElse(order.leq(hash));
  }

  /** The equal rows of the tie. */
  Column tied(Column order, Column content) {
    return order.equalTo(hash).and(content.equalTo(tie.orElseThrow().content()));
  }
}
