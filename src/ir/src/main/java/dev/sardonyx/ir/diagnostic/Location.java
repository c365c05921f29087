package dev.sardonyx.ir.diagnostic;

import java.lang.StackWalker.StackFrame;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where something was written: a line of the user's program, or a place in a file.
 *
 * @param file the source file's or model file's name
 * @param line the line, or 0 where there are no lines
 * @param detail the place within it ("node conv1"), or empty
 */
public record Location(String file, int line, String detail) {
  /** Where nothing better is known. */
  public static final Location UNKNOWN = new Location("unknown source", 0, "");

  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final ThreadLocal<@Nullable Location> PINNED = new ThreadLocal<>();

  /** A place inside a file that has no lines, such as a node of a model. */
  public static Location in(String file, String detail) {
    return new Location(file, 0, detail);
  }

  /**
   * The location of whatever is being built now: the pinned one inside {@link #within}, else the
   * line of user code that called into Sardonyx.
   */
  public static Location current() {
    Location pinned = PINNED.get();
    return pinned != null ? pinned : caller();
  }

  /** The nearest line of user code on this thread's stack. */
  public static Location caller() {
    return WALKER.walk(
        frames ->
            frames
                .filter(Location::isUserCode)
                .findFirst()
                .map(f -> new Location(nameOf(f), Math.max(0, f.getLineNumber()), ""))
                .orElse(UNKNOWN));
  }

  /** Runs {@code work} with every node that it makes reported at {@code at}. */
  public static <T extends @Nullable Object> T within(Location at, Supplier<T> work) {
    Location before = PINNED.get();
    PINNED.set(at);
    try {
      return work.get();
    } finally {
      if (before == null) {
        PINNED.remove();
      } else {
        PINNED.set(before);
      }
    }
  }

  /**
   * Ours is everything below dev.sardonyx but the samples and the tests, which stand in a user's
   * place; the JDK's frames are between a user's lambda and us.
   */
  private static boolean isUserCode(StackFrame frame) {
    String name = frame.getClassName();
    if (name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.")) {
      return false;
    }
    if (!name.startsWith("dev.sardonyx.") || name.startsWith("dev.sardonyx.samples.")) {
      return true;
    }
    int nested = name.indexOf('$');
    return (nested < 0 ? name : name.substring(0, nested)).endsWith("Test");
  }

  private static String nameOf(StackFrame frame) {
    String file = frame.getFileName();
    return file != null ? file : frame.getClassName();
  }

  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + (detail.isEmpty() ? "" : ", " + detail);
  }
}
