package dev.nightjar.pipeline.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of another format than their names say. */
final class OtherFormat {
  private OtherFormat() {}

  static String of(String text, Random random) {
    return switch (random.nextInt(11)) {
      case 0 -> zip(text);
      case 1 -> gzip(text);
      case 2 -> "PAR1" + noise(random) + "PAR1";
      case 3 -> "<!DOCTYPE html>\n<html><body>503 Service Unavailable</body></html>\n";
      case 4 -> "<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>\n";
      case 5 -> "{\"error\": \"rate limit\", \"code\": 429}\n";
      case 6 -> "user,consent\nann,true\n";
      case 7 -> noise(random);
      case 8 -> "null\n";
      case 9 -> "[]";
      default -> "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n" + noise(random);
    };
  }

  private static String noise(Random random) {
    byte[] bytes = new byte[random.nextInt(5000)];
    random.nextBytes(bytes);
    return RawText.of(bytes);
  }

  private static String gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(RawText.bytes(text));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return RawText.of(bytes.toByteArray());
  }

  private static String zip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry("users.csv"));
      out.write(RawText.bytes(text));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return RawText.of(bytes.toByteArray());
  }
}
