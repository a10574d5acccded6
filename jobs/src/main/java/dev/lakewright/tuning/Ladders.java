package dev.lakewright.tuning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where every trial stands on its ladder, and which may climb. */
final class Ladders {

  private final Pruner pruner;
  private final Map<Integer, Integer> nextRung = new HashMap<>();
  private final Map<Integer, Map<Integer, List<Standing>>> finished = new HashMap<>();
  private final Set<Integer> complete = new HashSet<>();

  Ladders(Pruner pruner) {
    this.pruner = pruner;
  }

  /** A trial with what it is to run. */
  record Climb(int trial, double fidelity) {}

  private record Standing(int trial, double loss) {}

  /** The first rung of a new trial. */
  Climb begin(int trial) {
    nextRung.put(trial, 0);
    return climb(trial);
  }

  private Climb climb(int trial) {
    return new Climb(trial, pruner.rungs(pruner.ladder(trial)).get(nextRung.get(trial)));
  }

  /**
   * Takes what a trial reached on the rung it was sent to.
   *
   * @param loss NaN when it failed, which ends it
   */
  void finish(int trial, double loss) {
    int rung = nextRung.get(trial);
    if (Double.isNaN(loss)) {
      return;
    }
    if (rung == pruner.rungs(pruner.ladder(trial)).size() - 1) {
      complete.add(trial);
      return;
    }
    finished
        .computeIfAbsent(pruner.ladder(trial), ladder -> new HashMap<>())
        .computeIfAbsent(rung, r -> new ArrayList<>())
        .add(new Standing(trial, loss));
  }

  /** Trials that now may climb, from every ladder and rung; each is to be finished before long. */
  List<Climb> promoted() {
    List<Climb> climbs = new ArrayList<>();
    for (Map<Integer, List<Standing>> rungs : finished.values()) {
      rungs.forEach((rung, standings) -> climbs.addAll(promoted(rung, standings)));
    }
    climbs.sort(Comparator.comparingInt(Climb::trial));
    return climbs;
  }

  private List<Climb> promoted(int rung, List<Standing> standings) {
    List<Standing> ranked = ranked(standings);
    int most = pruner.promotions(ranked.stream().map(Standing::loss).toList());
    List<Climb> climbs = new ArrayList<>();
    for (Standing standing : ranked.subList(0, most)) {
      if (nextRung.get(standing.trial()) == rung) {
        nextRung.put(standing.trial(), rung + 1);
        climbs.add(climb(standing.trial()));
      }
    }
    return climbs;
  }

  private static List<Standing> ranked(List<Standing> standings) {
    return standings.stream()
        .sorted(Comparator.comparingDouble(Standing::loss).thenComparingInt(Standing::trial))
        .toList();
  }

  /**
   * The best of those that came furthest, when no trial is complete: few trials may leave nobody
   * the best third.
   */
  List<Climb> lastResort() {
    if (!complete.isEmpty()) {
      return List.of();
    }
    int furthest = -1;
    Standing best = null;
    for (Map<Integer, List<Standing>> rungs : finished.values()) {
      for (Map.Entry<Integer, List<Standing>> rung : rungs.entrySet()) {
        for (Standing standing : ranked(rung.getValue())) {
          boolean waiting = nextRung.get(standing.trial()).equals(rung.getKey());
          if (waiting
              && (rung.getKey() > furthest
                  || (rung.getKey() == furthest && standing.loss() < best.loss()))) {
            furthest = rung.getKey();
            best = standing;
          }
        }
      }
    }
    if (best == null) {
      return List.of();
    }
    nextRung.merge(best.trial(), 1, Integer::sum);
    return List.of(climb(best.trial()));
  }
}
