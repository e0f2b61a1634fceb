package dev.nightjar.features.source;

import dev.nightjar.features.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** The beginning of a text file, which says what it is where its name does not. */
final class FirstBytes {
  private static final int LENGTH = 4096;
  private static final Map<String, String> BINARY =
      Map.of(
          "PAR1", "is Parquet: set format = parquet",
          "Obj\u0001", "is Avro: deliver it as Parquet or as text",
          "PK\u0003\u0004", "is a ZIP archive or a spreadsheet: deliver its content as text",
          "\u001f\u008b", "is compressed with gzip: give it a name that ends in .gz",
          "BZh91AY&SY", "is compressed with bzip2: give it a name that ends in .bz2",
          "\u00fd7zXZ", "is compressed with xz: deliver it compressed with gzip",
          "(\u00b5/\u00fd", "is compressed with zstd: deliver it compressed with gzip");

  /** Bytes of a packed file that say whether it is one. */
  private static final int HEAD = 10;

  /** More than a file has into which nothing was packed. */
  private static final int NOTHING = 1024;

  /** More than a block of snappy or lz4 has after unpacking. */
  private static final int BLOCK = 100 << 20;

  private static final String NOT_PACKED =
      "is not compressed as its name says, or is truncated: deliver it again, or give it the name of what it is";

  private FirstBytes() {}

  /**
   * The first characters that are no blank, as bytes; empty for a file without any.
   *
   * @throws DataException where they say that the file is no text, or a page of a web server
   */
  static String of(Configuration hadoop, SourceConfig config, SourceFile file) throws IOException {
    Path path = new Path(file.path());
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
    try (FSDataInputStream bytes = path.getFileSystem(hadoop).open(path)) {
      byte[] head = bytes.readNBytes(HEAD);
      refuse(codec != null && !isPacked(codec, head, file.length()), config, file, NOT_PACKED);
      bytes.seek(0);
      String first = codec == null ? begin(bytes) : unpacked(codec, bytes, config, file);
      boolean isNothing = codec != null && first.isEmpty() && file.length() > NOTHING;
      refuse(isNothing, config, file, NOT_PACKED);
      require(config, file, first);
      return first.replaceFirst("^\u00ef\u00bb\u00bf", "").strip();
    }
  }

  private static String begin(InputStream text) throws IOException {
    return new String(text.readNBytes(LENGTH), StandardCharsets.ISO_8859_1);
  }

  private static String unpacked(
      CompressionCodec codec, InputStream bytes, SourceConfig config, SourceFile file)
      throws IOException {
    try (InputStream text = codec.createInputStream(bytes)) {
      return begin(text);
    } catch (RuntimeException | LinkageError absent) {
      throw new DataException(
          "sources.%s: %s cannot be unpacked here, which has nothing for %s: deliver it compressed with gzip"
              .formatted(config.table().key(), file.path(), codec.getDefaultExtension()),
          absent);
    }
  }

  /**
   * Whether a file begins as its name says, where its reader does not check that: it would take
   * text for no rows, or for the length of a block that no memory can hold.
   */
  private static boolean isPacked(CompressionCodec codec, byte[] head, long length) {
    return switch (codec.getDefaultExtension()) {
      case ".bz2" ->
          new String(head, StandardCharsets.ISO_8859_1)
              .matches("(?s)BZh[1-9](1AY&SY|\u0017rE8P\u0090)");
      case ".snappy", ".lz4" -> isBlock(ByteBuffer.wrap(head), length);
      default -> true;
    };
  }

  /** The length of a block after unpacking, and of its first part before. */
  private static boolean isBlock(ByteBuffer head, long length) {
    int unpacked = head.remaining() < Integer.BYTES ? -1 : head.getInt();
    if (unpacked == 0) {
      return true;
    }
    int packed = head.remaining() < Integer.BYTES ? -1 : head.getInt();
    return unpacked > 0 && unpacked <= BLOCK && packed > 0 && packed < length;
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
