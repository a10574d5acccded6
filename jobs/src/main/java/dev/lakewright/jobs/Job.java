package dev.lakewright.jobs;

import dev.lakewright.config.LakewrightConfig;
import java.util.List;

/** One job of the command line. */
public interface Job {

  /** The word on the command line, such as {@code train}. */
  String name();

  /** One line for the usage text. */
  String summary();

  /** Key paths that must be set for this job, such as {@code data.table}. */
  List<String> requires();

  /** Seconds between the starts of rounds of a job that stays; 0: it runs once. */
  default double every(LakewrightConfig config) {
    return 0;
  }

  /**
   * Runs the job, or one round of it.
   *
   * @throws dev.lakewright.errors.LakewrightException when the user can mend the cause
   */
  JobResult run(JobContext context);
}
