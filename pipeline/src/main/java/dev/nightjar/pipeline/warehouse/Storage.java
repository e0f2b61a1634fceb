package dev.nightjar.pipeline.warehouse;

import dev.nightjar.features.DataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** Small files under a root on a local disk, HDFS or an object store; a put is atomic on all. */
public final class Storage {
  /** Stores whose single PUT is atomic and whose rename is a copy. */
  private static final Set<String> OBJECT_STORES = Set.of("s3a", "gs", "abfs", "abfss");

  private final FileSystem fileSystem;
  private final Path root;

  private Storage(FileSystem fileSystem, Path root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  /**
   * Opens a root, without touching it.
   *
   * @throws DataException where the root's file system cannot be reached
   */
  public static Storage open(String root, Configuration hadoop) {
    try {
      Path path = new Path(root);
      FileSystem fileSystem = path.getFileSystem(hadoop);
      return new Storage(fileSystem, fileSystem.makeQualified(path));
    } catch (IOException | IllegalArgumentException unreachable) {
      throw new DataException(
          "the root '%s' cannot be opened (%s); give --root a local path, hdfs:// or s3a://"
              .formatted(root, firstLine(unreachable)),
          unreachable);
    }
  }

  /**
   * Checks that the root can be written, creating it where it is absent.
   *
   * @throws DataException where it cannot
   */
  public void requireWritable() {
    String probe = "_probe-" + UUID.randomUUID();
    try {
      fileSystem.mkdirs(root);
      put(probe, new byte[] {1});
      delete(probe);
    } catch (IOException | UncheckedIOException refused) {
      throw new DataException(
          "the root '%s' cannot be written (%s); give --root a place this user may write to"
              .formatted(display(root), firstLine(refused)),
          refused);
    }
  }

  /** The root with its scheme. */
  public String root() {
    return root.toString();
  }

  /** The path of something under the root, with its scheme. */
  public String path(String relative) {
    return new Path(root, relative).toString();
  }

  /** The path as a person would type it: local paths without a scheme. */
  public String display(String relative) {
    return display(new Path(root, relative));
  }

  private static String display(Path path) {
    return isLocal(path.toUri()) ? path.toUri().getPath() : path.toString();
  }

  /** Replaces a small file atomically: a reader sees the old bytes or the new ones. */
  public void put(String relative, byte[] content) {
    Path target = new Path(root, relative);
    try {
      if (isLocal(target.toUri())) {
        putLocally(java.nio.file.Path.of(target.toUri().getPath()), content);
      } else if (OBJECT_STORES.contains(target.toUri().getScheme())) {
        writeTo(target, content);
      } else {
        Path aside = target.suffix("." + UUID.randomUUID());
        writeTo(aside, content);
        FileContext.getFileContext(target.toUri(), fileSystem.getConf())
            .rename(aside, target, Options.Rename.OVERWRITE);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** As {@link #put(String, byte[])}, for text, in UTF-8. */
  public void put(String relative, String text) {
    put(relative, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void putLocally(java.nio.file.Path target, byte[] content) throws IOException {
    java.nio.file.Path directory = target.getParent();
    Files.createDirectories(directory);
    java.nio.file.Path aside =
        directory.resolve("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      Files.write(aside, content);
      Files.move(
          aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private void writeTo(Path target, byte[] content) throws IOException {
    try (FSDataOutputStream out = fileSystem.create(target, true)) {
      out.write(content);
    }
  }

  /** Reads a small file, or nothing where there is none. */
  public Optional<byte[]> get(String relative) {
    try (FSDataInputStream in = fileSystem.open(new Path(root, relative))) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException absent) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** When a file was last put; nothing where there is none. */
  Optional<Instant> modified(String relative) {
    try {
      FileStatus status = fileSystem.getFileStatus(new Path(root, relative));
      return Optional.of(Instant.ofEpochMilli(status.getModificationTime()));
    } catch (FileNotFoundException absent) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Names of the children of a directory, sorted; empty where it does not exist. */
  public List<String> list(String relative) {
    return statuses(relative).stream().map(status -> status.getPath().getName()).sorted().toList();
  }

  private List<FileStatus> statuses(String relative) {
    try {
      Path directory = relative.isEmpty() ? root : new Path(root, relative);
      return Arrays.asList(fileSystem.listStatus(directory));
    } catch (FileNotFoundException absent) {
      return List.of();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Deletes a file or a whole directory; does nothing where there is none. */
  public void delete(String relative) {
    try {
      fileSystem.delete(new Path(root, relative), true);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Moves a directory to a path that does not exist yet.
   *
   * @throws IllegalStateException where it does not exist or cannot be moved
   */
  public void move(String from, String to) {
    Path target = new Path(root, to);
    try {
      fileSystem.mkdirs(target.getParent());
      if (!fileSystem.rename(new Path(root, from), target)) {
        throw new IllegalStateException(
            "cannot move " + display(from) + " to " + display(to) + ": were rows of it written?");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Runs a night, or the removal of old runs, under the root's lock. A root that is not on a local
   * disk has no lock: there, the scheduler must run one night at a time.
   *
   * @throws DataException where another process holds the lock
   */
  public <T> T alone(Supplier<T> work) {
    if (!isLocal(root.toUri())) {
      return work.get();
    }
    RootLock lock = RootLock.take(java.nio.file.Path.of(root.toUri().getPath()));
    try {
      return work.get();
    } finally {
      lock.release();
    }
  }

  private static boolean isLocal(URI uri) {
    return uri.getScheme() == null || uri.getScheme().equals("file");
  }

  private static String firstLine(Exception failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return message.lines().findFirst().orElse(message);
  }
}
