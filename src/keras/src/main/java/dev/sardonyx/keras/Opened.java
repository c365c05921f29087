package dev.sardonyx.keras;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The files that were opened for one model, closed together. */
final class Opened implements AutoCloseable {
  private final List<FileChannel> channels = new ArrayList<>();
  private boolean closed;

  /** Runs {@code open}, and closes again whatever it opened when it fails. */
  static KerasFile closingOnFailure(Function<Opened, KerasFile> open) {
    Opened opened = new Opened();
    try {
      return open.apply(opened);
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  /** The bytes of a regular file; refused (KERAS-002) where it is none. */
  ByteSource open(Path path, Source source) {
    try {
      if (!Files.isRegularFile(path)) {
        throw new IOException(Files.exists(path) ? "it is no regular file" : "it does not exist");
      }
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      channels.add(channel);
      return whileOpen(ByteSource.of(channel, 0, channel.size()));
    } catch (IOException e) {
      throw source.unreadable(e);
    }
  }

  private ByteSource whileOpen(ByteSource bytes) {
    return new ByteSource() {
      @Override
      public long size() {
        return bytes.size();
      }

      @Override
      public void read(long position, ByteBuffer target) throws IOException {
        if (closed) {
          throw new IOException("the KerasFile is closed");
        }
        bytes.read(position, target);
      }
    };
  }

  @Override
  public void close() {
    closed = true;
    try {
      for (FileChannel channel : channels) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
