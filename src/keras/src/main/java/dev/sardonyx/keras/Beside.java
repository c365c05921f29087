package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The files that belong to a model because they lie in its folder.
 *
 * <p>A link is followed where its real target lies in the model's real folder, or where the model's
 * own file really is: caches of downloaded models are made of such links.
 */
final class Beside {
  private final Path folder;
  private final String anchor;

  /**
   * @param anchor the name of the model's own file, which the user chose
   */
  Beside(Path folder, String anchor) {
    this.folder = folder;
    this.anchor = anchor;
  }

  /** The real path of a file of the folder; refused (KERAS-008) where it leads elsewhere. */
  Path resolve(String name, Source source) {
    try {
      Path real = folder.resolve(name).toRealPath();
      Path own = folder.toRealPath();
      Path home = Objects.requireNonNull(folder.resolve(anchor).toRealPath().getParent());
      if (!real.startsWith(own) && !real.startsWith(home)) {
        throw elsewhere(name, "it is a link to outside the model's folder", source);
      }
      requireSingleName(real, name, source);
      return real;
    } catch (IOException e) {
      throw source.unreadable(e);
    }
  }

  /** A second name of the same file would make a secret look as if it lay in the folder. */
  private static void requireSingleName(Path real, String name, Source source) throws IOException {
    Object names;
    try {
      names = Files.getAttribute(real, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return;
    }
    if (names instanceof Integer count && count > 1 && Files.isRegularFile(real)) {
      throw elsewhere(name, "it is a hard link: it has %s names".formatted(count), source);
    }
  }

  static DiagnosticException elsewhere(String name, String received, Source source) {
    return source.refuse(
        "KERAS-008",
        name,
        "a file of the model does not lie in its folder",
        received,
        "put a copy of the file itself into the folder");
  }
}
