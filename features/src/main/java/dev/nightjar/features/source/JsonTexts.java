package dev.nightjar.features.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Cuts a text into the values of JSON that are in it, one after another or as elements of arrays.
 * Spark's reader takes the first value of a line, and an array over many lines as a whole: what
 * follows a value would be lost, and a broken element cost all others.
 */
final class JsonTexts {
  /** A value, as text. */
  static final String VALUE = "value";

  /** True where the text is no JSON, or has a key twice, of which nobody knows which one holds. */
  static final String IS_BROKEN = "is_broken";

  static final StructType SCHEMA =
      new StructType().add(VALUE, DataTypes.StringType).add(IS_BROKEN, DataTypes.BooleanType);

  /** Takes whatever an option of Spark's reader can allow, which decides on the values. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(
              JsonReadFeature.ALLOW_JAVA_COMMENTS,
              JsonReadFeature.ALLOW_SINGLE_QUOTES,
              JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
              JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS,
              JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS,
              JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER,
              JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  /** Where to go on after what is no JSON: at the next object that begins a line. */
  private static final Pattern NEXT_LINE = Pattern.compile("(?<=[\\r\\n])[ \\t]*+(?=\\{)");

  private static final Pattern NEXT_ELEMENT = Pattern.compile("[\\s,\ufeff]*+(?=\\{)");
  private static final Pattern BETWEEN = Pattern.compile("[\\s,\\[\\]\ufeff]*+");

  private final String text;
  private final List<Row> rows = new ArrayList<>();

  /** Where the last value ends. */
  private int end;

  private JsonTexts(String text) {
    this.text = text;
  }

  /**
   * The values in a text, and whatever else is between them.
   *
   * @return {@link #VALUE} and {@link #IS_BROKEN}, in the order of the text
   */
  static List<Row> in(byte[] bytes, String charset) {
    String text = new String(bytes, Charset.forName(charset));
    return new JsonTexts(text.startsWith("\ufeff") ? text.substring(1) : text).cut();
  }

  private List<Row> cut() {
    while (end < text.length()) {
      int from = end;
      boolean isWhole = cut(from);
      int next = isWhole ? text.length() : next();
      String rest = text.substring(end, next);
      if (!BETWEEN.matcher(rest).matches()) {
        rows.add(RowFactory.create(rest.strip(), true));
      }
      end = next;
    }
    return rows;
  }

  /** Cuts from a position on, as far as there is JSON; true where that is to the end. */
  private boolean cut(int from) {
    try (JsonParser parser = parser(from)) {
      boolean isInArray = false;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        boolean isBracket =
            isInArray ? token == JsonToken.END_ARRAY : token == JsonToken.START_ARRAY;
        int begin = from + (int) parser.currentTokenLocation().getCharOffset();
        if (isBracket) {
          isInArray = !isInArray;
        } else {
          parser.skipChildren();
          parser.finishToken();
          end = from + (int) parser.currentLocation().getCharOffset();
          rows.add(RowFactory.create(text.substring(begin, end), false));
        }
      }
      return true;
    } catch (JsonProcessingException broken) {
      return false; // the caller goes on after what is broken
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private JsonParser parser(int from) throws IOException {
    StringReader rest = new StringReader(text);
    rest.skip(from);
    return JSON.createParser(rest);
  }

  private int next() {
    Matcher element = NEXT_ELEMENT.matcher(text).region(end, text.length());
    if (element.lookingAt() && element.end() > end) {
      return element.end();
    }
    Matcher line = NEXT_LINE.matcher(text);
    return line.find(Math.min(end + 1, text.length())) ? line.end() : text.length();
  }
}
