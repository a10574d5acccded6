package dev.lakewright.comparison;

import dev.lakewright.metrics.Figure;
import dev.lakewright.metrics.Interval;
import dev.lakewright.metrics.PairedBootstrap.Estimate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Remedies measured over the same rows.
 *
 * @param figures what was measured; the first is what trials were chosen by
 * @param minority the smallest class
 * @param remedies {@code none} first, which the others are compared with
 */
public record Comparison(List<Figure> figures, String minority, List<Measured> remedies) {

  /**
   * One remedy.
   *
   * @param parameters of the trial that was chosen, beside what the remedy sets; empty if it failed
   * @param outOfFold an estimate per figure on training rows, by models that had not seen them;
   *     empty if it failed
   * @param test the same on the held-out rows, by the model of all training rows; empty if there
   *     are none
   * @param failure why no trial of it was complete; empty if one was
   */
  public record Measured(
      Treatment treatment,
      Map<String, Object> parameters,
      List<Estimate> outOfFold,
      List<Estimate> test,
      double seconds,
      String failure) {

    /** As it is written in a configuration. */
    public String name() {
      return treatment.remedy().word();
    }

    Estimate main() {
      return outOfFold.get(0);
    }
  }

  /** The figure that decides. */
  public Figure main() {
    return figures.get(0);
  }

  /** The best by the main figure out of fold; of equals the first. */
  public Measured best() {
    Comparator<Measured> byMain = Comparator.comparingDouble(one -> one.main().value());
    return remedies.stream()
        .filter(one -> one.failure().isEmpty())
        .min(main().higherIsBetter() ? byMain.reversed() : byMain)
        .orElseThrow();
  }

  /** Whether the best is better than no remedy beyond doubt. */
  public boolean helped() {
    Estimate best = best().main();
    return best.differs() && best.difference() > 0 == main().higherIsBetter();
  }

  /** Which remedy helped, in one line. */
  public String verdict() {
    Measured best = best();
    Estimate none = remedies.get(0).main();
    if (best == remedies.get(0)) {
      return "no remedy helped: %s is best without one, %s"
          .formatted(main().key(), number(none.value()));
    }
    Interval interval = best.main().differenceInterval();
    String difference =
        "%s %s against %s without a remedy (difference %s, interval %s to %s)"
            .formatted(
                main().key(),
                number(best.main().value()),
                number(none.value()),
                signed(best.main().difference()),
                signed(interval.low()),
                signed(interval.high()));
    return helped()
        ? "%s helped most: %s".formatted(best.name(), difference)
        : "no remedy helped beyond the interval; the best is %s: %s"
            .formatted(best.name(), difference);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.4f", value);
  }
}
