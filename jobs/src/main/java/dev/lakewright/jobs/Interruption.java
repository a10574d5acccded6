package dev.lakewright.jobs;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Ctrl-C while work is under way that is to end in order: the first asks, the second kills. */
final class Interruption implements AutoCloseable {

  private static final Signal INTERRUPT = new Signal("INT");

  private final Progress progress;
  private volatile boolean requested;
  private SignalHandler before;

  private Interruption(Progress progress) {
    this.progress = progress;
  }

  static Interruption listen(Progress progress) {
    Interruption interruption = new Interruption(progress);
    interruption.before = Signal.handle(INTERRUPT, signal -> interruption.request());
    return interruption;
  }

  private void request() {
    if (requested) {
      Runtime.getRuntime().halt(130);
    }
    requested = true;
    progress.say("ending after recording what is finished; press Ctrl-C again to end at once");
  }

  boolean requested() {
    return requested;
  }

  @Override
  public void close() {
    Signal.handle(INTERRUPT, before);
  }
}
