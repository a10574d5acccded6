package dev.lakewright.registry;

/**
 * Places where a test can kill the process, as a power cut would: the system property {@code
 * lakewright.fault} names the place. Does nothing otherwise.
 */
public final class FaultPoints {

  /** Exit code of a process killed here: that of SIGKILL. */
  public static final int EXIT_CODE = 137;

  private FaultPoints() {}

  /** Dies here when asked to. */
  public static void reach(String place) {
    if (place.equals(System.getProperty("lakewright.fault"))) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
