package dev.nightjar.pipeline.warehouse;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.nightjar.features.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;

/**
 * The JSON of every file that Nightjar writes: a record's components are keys in snake_case, and
 * NaN is written as null.
 */
public final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .setAnnotationIntrospector(new ComponentsToo())
          .registerModule(
              new SimpleModule()
                  .addSerializer(double.class, new FigureWriter())
                  .addSerializer(Double.class, new FigureWriter())
                  .addDeserializer(double.class, new FigureReader())
                  .addDeserializer(Double.class, new FigureReader()));

  private static final ObjectWriter INDENTED = MAPPER.writerWithDefaultPrettyPrinter();

  private Json() {}

  /** JSON for a file, indented. */
  public static String text(Object value) {
    return write(INDENTED, value);
  }

  /** JSON on one line. */
  public static String line(Object value) {
    return write(MAPPER.writer(), value);
  }

  private static String write(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Reads a line that {@link #line} wrote.
   *
   * @throws JsonProcessingException where the line is not one
   */
  public static <T> T parse(String line, Class<T> type) throws JsonProcessingException {
    return MAPPER.readValue(line, type);
  }

  /**
   * Reads a file that a night wrote.
   *
   * @param file what it is and its path, for the message
   * @throws DataException where it cannot be read as such
   */
  public static <T> T read(byte[] json, Class<T> type, String file) {
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException broken) {
      throw unreadable(file, broken);
    }
  }

  static Map<String, Object> readMap(byte[] json, String file) {
    try {
      return MAPPER.readValue(json, new TypeReference<Map<String, Object>>() {});
    } catch (IOException broken) {
      throw unreadable(file, broken);
    }
  }

  private static DataException unreadable(String file, IOException broken) {
    return new DataException(
        "the %s is not readable JSON; delete it and run the night again".formatted(file), broken);
  }

  /** A record of the values of a map, as if the map had been read as that record. */
  public static <T> T convert(Map<String, Object> values, Class<T> type) {
    return MAPPER.convertValue(values, type);
  }

  /** Reads also the keys of files of earlier versions, which were the components' own names. */
  private static final class ComponentsToo extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public List<PropertyName> findPropertyAliases(Annotated member) {
      if (member instanceof AnnotatedParameter parameter
          && parameter.getDeclaringClass().isRecord()) {
        RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
        return List.of(PropertyName.construct(components[parameter.getIndex()].getName()));
      }
      return super.findPropertyAliases(member);
    }
  }

  /** JSON has no NaN; it is written as null. */
  private static final class FigureWriter extends StdSerializer<Double> {
    private static final long serialVersionUID = 1;

    FigureWriter() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.isNaN() || value.isInfinite()) {
        json.writeNull();
      } else {
        json.writeNumber(value);
      }
    }
  }

  private static final class FigureReader extends StdDeserializer<Double> {
    private static final long serialVersionUID = 1;

    FigureReader() {
      super(Double.class);
    }

    @Override
    public Double deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return _parseDoublePrimitive(parser, context);
    }

    @Override
    public Double getNullValue(DeserializationContext context) {
      return Double.NaN;
    }

    @Override
    public Double getAbsentValue(DeserializationContext context) {
      return 0.0;
    }
  }
}
