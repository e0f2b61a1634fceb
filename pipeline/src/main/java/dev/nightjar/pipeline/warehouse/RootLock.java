package dev.nightjar.pipeline.warehouse;

import dev.nightjar.features.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A lock on a root on a local disk; the operating system drops it with the process. */
final class RootLock {
  private static final String FILE = "_lock";

  private final FileChannel channel;

  private RootLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock or fails at once.
   *
   * @throws DataException where it is taken
   */
  static RootLock take(Path root) {
    try {
      FileChannel channel =
          FileChannel.open(root.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isLocked(channel)) {
        return new RootLock(channel);
      }
      channel.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    throw new DataException(
        "another night, or a vacuum, is at work in the root '%s'; one at a time: wait for its end, then run again"
            .formatted(root));
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException takenByThisProcess) {
      return false;
    }
  }

  void release() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
