package dev.nightjar.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose names Hadoop's own class does not take. */
class LocalFilesTest {
  @TempDir Path folder;

  /** A machine without a locale shows what it cannot write in a name as U+FFFD. */
  @Test
  void aNameThatTheLocaleCannotWriteIsToldAndNotLeftOut() throws IOException {
    Files.writeString(folder.resolve("café 12:00.csv"), "a\n");
    LocalFiles files = new LocalFiles();
    files.initialize(folder.toUri(), new Configuration());
    org.apache.hadoop.fs.Path all = new org.apache.hadoop.fs.Path(folder.toString(), "*.csv");
    assertEquals(1, files.globStatus(all).length);
    Files.writeString(folder.resolve("caf\ufffd.csv"), "a\n");
    String told = assertThrows(IOException.class, () -> files.globStatus(all)).getMessage();
    assertTrue(told.endsWith("set LC_ALL=C.UTF-8"), told);
  }
}
