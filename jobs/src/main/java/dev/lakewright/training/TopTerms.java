package dev.lakewright.training;

import dev.lakewright.model.Classifier;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.Scorer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** The features that speak most for each class. */
public final class TopTerms {

  private final List<List<Integer>> byClass = new ArrayList<>();
  private final Scorer scorer;

  /** A feature by name, with its weight for the class. */
  public record Weighted(String term, double weight) {}

  /**
   * @param count of features per class
   */
  TopTerms(Featurizer featurizer, Scorer scorer, int count) {
    this.scorer = scorer;
    for (int label = 0; label < scorer.classes(); label++) {
      byClass.add(heaviest(featurizer.size(), label, count));
    }
  }

  private List<Integer> heaviest(int features, int label, int count) {
    Comparator<Integer> lightestFirst =
        Comparator.comparingDouble((Integer feature) -> scorer.weight(feature, label))
            .thenComparing(Comparator.reverseOrder());
    PriorityQueue<Integer> kept = new PriorityQueue<>(lightestFirst);
    for (int feature = 0; feature < features; feature++) {
      float weight = scorer.weight(feature, label);
      if (count > 0
          && weight > 0
          && (kept.size() < count || weight > scorer.weight(kept.element(), label))) {
        kept.add(feature);
        if (kept.size() > count) {
          kept.remove();
        }
      }
    }
    return kept.stream().sorted(lightestFirst.reversed()).toList();
  }

  /** The features of all classes. */
  List<Integer> features() {
    return byClass.stream().flatMap(List::stream).distinct().toList();
  }

  /** Per class, the heaviest first. */
  Map<String, List<Weighted>> byClass(Classifier classifier) {
    Map<String, List<Weighted>> named = new LinkedHashMap<>();
    for (int label = 0; label < byClass.size(); label++) {
      int k = label;
      named.put(
          classifier.labels().get(label),
          byClass.get(label).stream()
              .map(f -> new Weighted(classifier.describe(f), scorer.weight(f, k)))
              .toList());
    }
    return named;
  }
}
