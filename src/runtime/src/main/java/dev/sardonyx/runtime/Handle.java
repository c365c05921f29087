package dev.sardonyx.runtime;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;

/** Native memory that is freed once: when its owner is closed, or with a report when it is lost. */
final class Handle implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Freeing freeing;
  private final Cleaner.Cleanable cleanable;

  /**
   * @param owner whose loss frees the memory; {@code free} must not refer to it
   * @param what the owner as a report calls it
   */
  Handle(Object owner, String what, Runnable free) {
    freeing = new Freeing(what, Location.current(), free);
    cleanable = CLEANER.register(owner, freeing);
  }

  boolean isClosed() {
    return freeing.closed;
  }

  @Override
  public void close() {
    freeing.closed = true;
    cleanable.clean();
  }

  private static final class Freeing implements Runnable {
    private final String what;
    private final Location opened;
    private final Runnable free;
    private volatile boolean closed;

    Freeing(String what, Location opened, Runnable free) {
      this.what = what;
      this.opened = opened;
      this.free = free;
    }

    @Override
    public void run() {
      if (!closed) {
        System.getLogger("dev.sardonyx.runtime").log(Level.WARNING, leak().toString());
      }
      free.run();
    }

    private Diagnostic leak() {
      return new Diagnostic(
          "RT-025",
          "a " + what + " was lost without being closed",
          opened,
          "opened at the line above; freed now",
          "open it in a try block with resources");
    }
  }
}
