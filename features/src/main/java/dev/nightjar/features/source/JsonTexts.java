package dev.nightjar.features.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
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

  /** What can be read of a broken text, as an object; null of one that is not. */
  static final String READABLE = "readable";

  /** True where the text is no JSON, or has a key twice, of which nobody knows which one holds. */
  static final String IS_BROKEN = "is_broken";

  static final StructType SCHEMA =
      new StructType()
          .add(VALUE, DataTypes.StringType)
          .add(IS_BROKEN, DataTypes.BooleanType)
          .add(READABLE, DataTypes.StringType);

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

  /** Where to go on after what is no JSON: at an object that begins a line, or follows another. */
  private static final Pattern NEXT_OBJECT =
      Pattern.compile("(?<=[\\r\\n])[ \\t]*+(?=\\{)|\\}[\\s,]*+(?=\\{)");

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
   * @return {@link #VALUE}, {@link #IS_BROKEN} and {@link #READABLE}, in the order of the text
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
        rows.add(RowFactory.create(onOneLine(rest), true, readable(end, next)));
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
          rows.add(RowFactory.create(text.substring(begin, end), false, null));
        }
      }
      return true;
    } catch (JsonProcessingException broken) {
      return false; // the caller goes on after what is broken
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String onOneLine(String broken) {
    return broken.strip().replaceAll("[\\r\\n]++", " ");
  }

  /** The values of a broken object that are before the break: who said no is named there. */
  private String readable(int from, int to) {
    int begin = text.indexOf('{', from);
    StringWriter object = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(object)) {
      json.writeStartObject();
      if (begin >= 0 && begin < to) {
        copy(begin, json);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return object.toString();
  }

  private void copy(int begin, JsonGenerator json) throws IOException {
    try (JsonParser parser = parser(begin)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        boolean isScalar = parser.nextToken().isScalarValue();
        if (isScalar && !parser.hasToken(JsonToken.VALUE_NULL)) {
          json.writeStringField(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
    } catch (JsonProcessingException broken) {
      return; // here is the break
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
    Matcher object = NEXT_OBJECT.matcher(text);
    return object.find(Math.min(end + 1, text.length())) ? object.end() : text.length();
  }
}
