package dev.lakewright.tuning;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.ensemble.EnsembleRows;
import dev.lakewright.ensemble.EnsembleTraining;
import dev.lakewright.ensemble.Learner;
import dev.lakewright.ensemble.MemberDraws;
import dev.lakewright.ensemble.Subset;
import dev.lakewright.ensemble.TrainedModel;
import dev.lakewright.errors.DataException;
import dev.lakewright.model.Featurizer;
import dev.lakewright.sampling.ClassTotals;
import dev.lakewright.sampling.OrderCut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Ensembles whose members each see a subset of spread rows: a member's rows are brought to one
 * task, which has room for them where it has none for all. Subsets are those that a task would draw
 * from all rows.
 *
 * @param totals of the rows that the effort trains on
 * @param rowBytes of a row, about, as it is counted
 */
record SpreadEnsembles(
    SpreadRows rows,
    SpreadTotals totals,
    List<String> classes,
    FoldTask.Effort effort,
    long rowBytes) {

  /** Of counted rows: weighed, as they arrive and gathered, and reweighed by boosting. */
  private static final int COPIES = 4;

  /** Of counted rows. */
  private static final int BYTES_PER_ENTRY = 6;

  /**
   * An ensemble.
   *
   * @param priorShifts per class, what its scores lack for probabilities under the table's shares
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Trained(TrainedModel model, double[] priorShifts) {}

  /**
   * Trains ensembles on the rows that train without a fold: two jobs.
   *
   * @param candidates of equal ensembles, whose members are independent of each other, and which
   *     train on rows as they are
   * @param featurizer learnt without the fold
   * @param seconds time limit of a member of a model; 0: none
   * @return in the order of the candidates
   * @throws DataException if a member does not fit a task
   */
  List<Trained> train(
      List<FoldTask.Candidate> candidates, int fold, Featurizer featurizer, double seconds) {
    EnsembleConfig ensemble = candidates.get(0).ensemble();
    long[] sizes = totals.all().trained(fold).rows();
    List<MemberDraws> members =
        IntStream.range(0, ensemble.members())
            .mapToObj(member -> MemberDraws.of(ensemble, sizes, member))
            .toList();
    long[] drawn = members.get(0).counts();
    requireRoom(ensemble, candidates.size(), Arrays.stream(drawn).sum(), featurizer.size());
    Broadcast<Featurizer> shared = rows.spark().broadcast(featurizer);
    List<Tuple2<Integer, List<TrainedModel>>> parts;
    try {
      parts = new ArrayList<>(parts(candidates, fold, drawings(members, fold), shared, seconds));
    } finally {
      shared.destroy();
    }
    parts.sort(Comparator.comparingInt(Tuple2::_1));
    return IntStream.range(0, candidates.size())
        .mapToObj(
            place ->
                new Trained(
                    TrainedModel.join(parts.stream().map(part -> part._2().get(place)).toList()),
                    PriorShifts.of(
                        candidates.get(place).learner(),
                        candidates.get(place).sampling(),
                        classes,
                        ClassTotals.counted(drawn),
                        totals.all().without(fold))))
        .toList();
  }

  private void requireRoom(EnsembleConfig ensemble, int candidates, long drawn, long features) {
    // members of bagging are trained side by side, rounds of boosting one after another
    int models = ensemble.type() == EnsembleConfig.Type.BALANCED_BAGGING ? candidates : 1;
    long bytes = drawn * rowBytes * COPIES;
    // a model is trained on the columns that occur in the subset
    long columns = Math.min(features, drawn * rowBytes / BYTES_PER_ENTRY);
    long all = bytes + models * Plan.modelBytes(columns, classes.size());
    long room = TaskMemory.bytes(rows.spark());
    if (drawn >= Integer.MAX_VALUE || all > room) {
      throw new DataException(
          "ensemble.type: %s trains each member in one task, but its %d rows and models of them take about %d MB, and a task has %d MB; %sgive more memory (LAKEWRIGHT_MEMORY=8g, or spark.executor.memory on a cluster), or choose sampling.method: random_under without an ensemble"
              .formatted(
                  ensemble.type().name().toLowerCase(Locale.ROOT),
                  drawn,
                  all >> 20,
                  room >> 20,
                  ensemble.ratio() > 1 ? "lower ensemble.ratio, " : ""));
    }
  }

  /** Where members' random orders are cut: one job, or none where no class is cut. */
  private List<MemberRows.Drawing> drawings(List<MemberDraws> members, int fold) {
    List<RandomCuts.Wanted> wanted = new ArrayList<>();
    for (MemberDraws member : members) {
      for (int label = 0; label < classes.size(); label++) {
        if (member.isCut(label)) {
          wanted.add(
              new RandomCuts.Wanted(
                  fold, label, member.draws(), member.counts()[label], member.sizes()[label]));
        }
      }
    }
    Iterator<RandomCuts.Found> found = new RandomCuts(rows, totals, effort).find(wanted).iterator();
    List<MemberRows.Drawing> drawings = new ArrayList<>();
    for (MemberDraws member : members) {
      OrderCut[] cuts = new OrderCut[classes.size()];
      for (int label = 0; label < cuts.length; label++) {
        cuts[label] = member.isCut(label) ? found.next().cut() : OrderCut.NOTHING;
      }
      drawings.add(new MemberRows.Drawing(member, cuts));
    }
    return drawings;
  }

  /** What each member comes to, by its number: one job. */
  private List<Tuple2<Integer, List<TrainedModel>>> parts(
      List<FoldTask.Candidate> candidates,
      int fold,
      List<MemberRows.Drawing> drawings,
      Broadcast<Featurizer> featurizer,
      double seconds) {
    long[] before = totals.before(fold);
    long[][] places = totals.placesBefore(fold);
    FoldTask.Effort trained = effort;
    List<String> labels = List.copyOf(classes);
    return rows.parts()
        .flatMapToPair(
            part -> {
              int number = part.number();
              MemberRows.Start start =
                  new MemberRows.Start(fold, trained, before[number], places[number]);
              return MemberRows.of(part, start, drawings, featurizer.value());
            })
        .partitionBy(new OrderedSums.ByNumber(drawings.size()))
        .mapPartitionsWithIndex(
            (member, arriving) -> {
              MemberRows own = MemberRows.joined(values(arriving), featurizer.value().size());
              long[] drawn = drawings.get(member).draws().counts();
              return List.of(
                      new Tuple2<>(
                          member,
                          trained(own, member, drawn, candidates, labels, trained, seconds)))
                  .iterator();
            },
            true)
        .collect();
  }

  private static List<MemberRows> values(Iterator<Tuple2<Integer, MemberRows>> arriving) {
    List<MemberRows> values = new ArrayList<>();
    arriving.forEachRemaining(pair -> values.add(pair._2()));
    return values;
  }

  /** A member of the ensemble of each candidate. */
  private static List<TrainedModel> trained(
      MemberRows own,
      int member,
      long[] drawn,
      List<FoldTask.Candidate> candidates,
      List<String> classes,
      FoldTask.Effort effort,
      double seconds) {
    EnsembleRows rows = new EnsembleRows(own.rows(), Optional.empty(), classes.size());
    Subset all = new Subset(IntStream.range(0, own.copies().length).toArray(), own.copies(), drawn);
    List<Learner> learners =
        candidates.stream()
            .<Learner>map(
                candidate ->
                    counts ->
                        effort.limit(
                            LinearProblems.of(
                                candidate.learner(),
                                candidate.sampling(),
                                classes,
                                ClassTotals.counted(counts))))
            .toList();
    return new EnsembleTraining(candidates.get(0).ensemble(), rows, number -> all)
        .train(learners, member, member + 1, seconds);
  }
}
