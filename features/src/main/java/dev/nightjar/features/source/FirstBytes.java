package dev.nightjar.features.source;

import dev.nightjar.features.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** The beginning of a text file, which says what it is where its name does not. */
final class FirstBytes {
  private static final int LENGTH = 4096;
  private static final Map<String, String> BINARY =
      Map.of(
          "PAR1", "is Parquet: set format = parquet",
          "PK\u0003\u0004", "is a ZIP archive or a spreadsheet: deliver its content as text",
          "\u001f\u008b", "is compressed with gzip: give it a name that ends in .gz",
          "(\u00b5/\u00fd", "is compressed with zstd: give it a name that ends in .zst");

  private FirstBytes() {}

  /**
   * The first characters that are no blank, as bytes; empty for a file without any.
   *
   * @throws DataException where they say that the file is no text, or a page of a web server
   */
  static String of(Configuration hadoop, SourceConfig config, SourceFile file) throws IOException {
    Path path = new Path(file.path());
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
    try (InputStream bytes = path.getFileSystem(hadoop).open(path);
        InputStream text = codec == null ? bytes : codec.createInputStream(bytes)) {
      String first = new String(text.readNBytes(LENGTH), StandardCharsets.ISO_8859_1);
      require(config, file, first);
      return first.replaceFirst("^\u00ef\u00bb\u00bf", "").strip();
    }
  }

  private static void require(SourceConfig config, SourceFile file, String first) {
    BINARY.forEach((begin, words) -> refuse(first.startsWith(begin), config, file, words));
    String lower = first.strip().toLowerCase(Locale.ROOT);
    refuse(
        lower.startsWith("<!doctype") || lower.startsWith("<html") || lower.startsWith("<?xml"),
        config,
        file,
        "is a page of a web server, not a file of the shop: deliver it again");
    boolean isAsIs = ReaderOptions.get(config.options(), "encoding", "charset").isEmpty();
    boolean isUtf16 = first.startsWith("\u00ff\u00fe") || first.startsWith("\u00fe\u00ff");
    refuse(isUtf16 && isAsIs, config, file, "is UTF-16: set options.encoding = UTF-16");
    long zeros = first.chars().filter(letter -> letter == 0).count();
    refuse(
        zeros > first.length() / 4 && isAsIs,
        config,
        file,
        "begins with zero bytes: it is UTF-16 or UTF-32, for which options.encoding must be set, or it was not written whole");
  }

  private static void refuse(boolean is, SourceConfig config, SourceFile file, String words) {
    if (is) {
      throw new DataException(
          "sources.%s: %s %s".formatted(config.table().key(), file.path(), words));
    }
  }
}
