package dev.lakewright.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class PairedScoresTest {

  @Test
  void rowsOfOneKeyAreInTheOrderOfTheirIdsThoseWithoutOneFirst() {
    Row withoutId = RowFactory.create(5L, null, "ham");
    Row withoutIdToo = RowFactory.create(5L, null, "spam");
    Row withId = RowFactory.create(5L, "a", "ham");
    Row earlier = RowFactory.create(-5L, "z", "spam");
    List<Row> rows = new ArrayList<>(List.of(withId, withoutIdToo, earlier, withoutId));
    rows.sort(PairedScores.IN_ORDER);
    assertThat(rows).containsExactly(earlier, withoutId, withoutIdToo, withId);
  }
}
