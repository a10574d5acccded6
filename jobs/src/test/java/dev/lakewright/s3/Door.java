package dev.lakewright.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A door to a server, on a port of 127.0.0.1, that may meddle with what passes. */
abstract class Door implements AutoCloseable {

  private final ServerSocket door;
  private final int server;

  Door(int server) throws IOException {
    this.server = server;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  public final int port() {
    return door.getLocalPort();
  }

  /** A connection's meddler. */
  abstract Passage passage();

  /** What happens to the bytes of one connection, on which requests follow each other. */
  interface Passage {

    /** A part of a request, which may be altered in place. */
    void request(byte[] part, int length);

    /** Whether a part of an answer reaches the client; the connection ends when not. */
    boolean answer(byte[] part, int length);
  }

  /** The beginning of a part. */
  static String start(byte[] part, int length) {
    return new String(part, 0, Math.min(length, 12), StandardCharsets.ISO_8859_1);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    Passage passage = passage();
    try (client;
        Socket target = new Socket(InetAddress.getLoopbackAddress(), server)) {
      Thread answers = start(() -> answer(target, client, passage));
      byte[] part = new byte[1 << 16];
      InputStream in = client.getInputStream();
      for (int length = in.read(part); length >= 0; length = in.read(part)) {
        passage.request(part, length);
        target.getOutputStream().write(part, 0, length);
      }
      target.shutdownOutput();
      answers.join();
    } catch (IOException closed) {
      // both sides see it
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(Socket target, Socket client, Passage passage) {
    byte[] part = new byte[1 << 16];
    try {
      InputStream in = target.getInputStream();
      for (int length = in.read(part); length >= 0; length = in.read(part)) {
        if (!passage.answer(part, length)) {
          break;
        }
        client.getOutputStream().write(part, 0, length);
      }
      client.close();
    } catch (IOException closed) {
      // both sides see it
      return;
    }
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work, "door");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public final void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
