package dev.lakewright.s3;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A door that loses the answers to some writes: the server has done what it was asked, the client
 * never hears of it and asks again.
 */
public final class LossyDoor extends Door {

  private final AtomicInteger toLose = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();

  public LossyDoor(int server) throws IOException {
    super(server);
  }

  /** Loses the answers to the next writes. */
  public void loseAnswers(int count) {
    toLose.set(count);
  }

  /** How many answers were lost. */
  public int lost() {
    return lost.get();
  }

  @Override
  Passage passage() {
    return new Passage() {
      private volatile boolean loses;

      @Override
      public void request(byte[] part, int length) {
        if (Door.start(part, length).startsWith("PUT ")
            && toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          loses = true;
        }
      }

      @Override
      public boolean answer(byte[] part, int length) {
        // the server may first ask to go on sending
        if (loses && !Door.start(part, length).startsWith("HTTP/1.1 100")) {
          lost.incrementAndGet();
          return false;
        }
        return true;
      }
    };
  }
}
