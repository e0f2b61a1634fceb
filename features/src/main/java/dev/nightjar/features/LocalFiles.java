package dev.nightjar.features;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files on a local disk, names with a colon included: loggers write times into them, and Hadoop's
 * own class takes what is before the colon for the scheme of a URI.
 */
public final class LocalFiles extends LocalFileSystem {
  private static final char UNWRITABLE = '\ufffd';

  @Override
  public Path getChecksumFile(Path file) {
    return below(file.getParent(), "." + file.getName() + ".crc");
  }

  /**
   * Hadoop leaves out, without a word, what it cannot open: a name that the machine's locale cannot
   * write.
   */
  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    String[] names = pathToFile(folder).list();
    for (String name : names == null ? new String[0] : names) {
      if (name.indexOf(UNWRITABLE) >= 0) {
        throw new IOException(
            "the folder %s has the file %s, whose name this machine's locale cannot write: set LC_ALL=C.UTF-8"
                .formatted(folder, name));
      }
    }
    return super.listStatus(folder);
  }

  @Override
  public FileStatus[] globStatus(Path pattern) throws IOException {
    try {
      return super.globStatus(pattern);
    } catch (IllegalArgumentException colon) {
      return matching(makeQualified(pattern)).toArray(FileStatus[]::new);
    }
  }

  private List<FileStatus> matching(Path pattern) throws IOException {
    List<FileStatus> found = List.of(getFileStatus(new Path("/")));
    for (String name : pattern.toUri().getPath().substring(1).split("/", -1)) {
      GlobFilter filter = new GlobFilter(name);
      List<FileStatus> next = new ArrayList<>();
      for (FileStatus folder : found) {
        next.addAll(children(folder, name, filter));
      }
      found = next;
    }
    return found;
  }

  private List<FileStatus> children(FileStatus folder, String name, GlobFilter filter)
      throws IOException {
    if (!folder.isDirectory()) {
      return List.of();
    }
    if (filter.hasPattern()) {
      return List.of(listStatus(folder.getPath(), filter));
    }
    Path child = below(folder.getPath(), name);
    return exists(child) ? List.of(getFileStatus(child)) : List.of();
  }

  private static Path below(Path folder, String name) {
    URI uri = folder.toUri();
    String parent = folder.isRoot() ? "/" : uri.getPath() + "/";
    return new Path(uri.getScheme(), uri.getAuthority(), parent + name);
  }
}
