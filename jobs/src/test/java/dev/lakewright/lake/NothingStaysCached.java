package dev.lakewright.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails the class of tests that leaves rows cached in the session all share, instead of whichever
 * test happens to look afterwards. Holds for every class of this module.
 */
public final class NothingStaysCached implements BeforeAllCallback, AfterAllCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(NothingStaysCached.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getStore(NAMESPACE)
        .put("before", SparkForTests.started().map(NothingStaysCached::cached).orElseGet(Set::of));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Set<?> before = context.getStore(NAMESPACE).get("before", Set.class);
    SparkForTests.started()
        .ifPresent(
            session ->
                assertThat(cached(session))
                    .as("what the tests of this class left cached")
                    .allSatisfy(rows -> assertThat(before.contains(rows)).isTrue()));
  }

  /** Numbers and names of what is kept, but for tables' states, which Delta keeps for itself. */
  private static Set<String> cached(SparkSession session) {
    Set<String> cached = new HashSet<>(computed(session));
    if (!session.sharedState().cacheManager().isEmpty()) {
      cached.add("a Dataset, computed or not");
    }
    return cached;
  }

  private static Set<String> computed(SparkSession session) {
    return JavaSparkContext.fromSparkContext(session.sparkContext())
        .getPersistentRDDs()
        .entrySet()
        .stream()
        .map(entry -> entry.getKey() + " " + entry.getValue().name())
        .filter(rows -> !rows.contains(" Delta Table State "))
        .collect(Collectors.toSet());
  }
}
