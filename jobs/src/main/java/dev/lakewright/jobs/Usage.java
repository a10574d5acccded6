package dev.lakewright.jobs;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.ConfigKey;
import java.util.List;

/** What {@code lakewright help} prints. */
final class Usage {

  private Usage() {}

  static String text(List<Job> jobs) {
    StringBuilder text =
        new StringBuilder(
            "usage: lakewright JOB [-c conf.yaml] [--set key.path=value]... [--master URL]"
                + " [--result FILE] [--debug]\n\njobs:\n");
    jobs.forEach(job -> text.append("  %-11s %s%n".formatted(job.name(), job.summary())));
    text.append(
        """

        options:
          -c FILE       configuration; `lakewright help config` lists every key
          --set K=V     sets one key, for example --set learner.l2=1e-4
          --master URL  Spark master; without it Spark runs inside this process
          --result FILE writes the result, the last line of standard output, to a file as well
          --debug       shows stack traces

        exit codes: 0 done, 2 usage or configuration, 3 data, 4 storage or registry, 130 or 143 ended by a
        signal, 1 anything else""");
    return text.toString();
  }

  /** What {@code lakewright help config} prints: every key with type, default and meaning. */
  static String keys() {
    StringBuilder text = new StringBuilder();
    for (ConfigKey key : ConfigDocument.keys()) {
      String fallback = key.fallback().map(value -> ", default " + value).orElse("");
      text.append("%s (%s%s)%n    %s%n".formatted(key.path(), key.type(), fallback, key.doc()));
    }
    return text.toString().stripTrailing();
  }
}
