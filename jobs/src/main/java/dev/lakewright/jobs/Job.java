package dev.lakewright.jobs;

import java.util.List;

/** One job of the command line. */
public interface Job {

  /** The word on the command line, such as {@code train}. */
  String name();

  /** One line for the usage text. */
  String summary();

  /** Key paths that must be set for this job, such as {@code data.table}. */
  List<String> requires();

  /**
   * Runs the job.
   *
   * @throws dev.lakewright.errors.LakewrightException when the user can mend the cause
   */
  JobResult run(JobContext context);
}
