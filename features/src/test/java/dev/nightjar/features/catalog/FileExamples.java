package dev.nightjar.features.catalog;

import dev.nightjar.features.TestSpark;
import dev.nightjar.features.catalog.SourcesDocumentTest.Examples;
import dev.nightjar.features.source.SourcesPage.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupWriteSupport;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;

/** Examples of files, and of mappings of them. */
final class FileExamples {
  private static final String USERS =
      "users { path = \"%s\", format = %s, columns { user_id = u, consent = c }%s }";
  private static final String ITEMS =
      "items { path = \"%s\", format = %s, columns { item_id = i, price = price }%s }";
  private static final String[] USER = {"user_id", "consent"};
  private static final String[] ITEM = {"item_id", "price"};
  private static final String GOOD = "u,c\nann,true\nbob,false\n";
  private static final String PEOPLE = "message m { required binary u (UTF8); %s }";

  private FileExamples() {}

  static void add(Examples examples) {
    read(examples);
    names(examples);
    columns(examples);
    broken(examples);
    mappings(examples);
  }

  private static void read(Examples examples) {
    examples
        .line(
            "CSV with any line ends, blank lines, blanks around cells, a BOM before the header",
            files -> good(files.with("a.csv", "u,c\r\nann,true\r\nbob,false")),
            files -> good(files.with("a.csv", "\n\nu , c\n \nann, \"true\"\n\n\"bob\" ,false\n\n")),
            files -> good(files.with("a.csv", "\ufeff" + GOOD)))
        .line(
            "JSON: an object a line, or an array over many lines",
            files -> goodJson(files, "{\"u\":\"ann\",\"c\":true}\n\n{\"c\":0,\"u\":\"bob\"}"),
            files ->
                goodJson(
                    files, "[\n {\"u\":\"ann\",\n  \"c\":true},\n {\"u\":\"bob\",\"c\":\"no\"}\n]"))
        .line("Parquet", FileExamples::nanoseconds)
        .line(
            "a packed file, .gz and the like; [, {, =, :, *, % or blanks in its path; columns in the names of folders, type=view/",
            files -> users(files.with("a.csv.gz", packed(GOOD)), "a.csv.gz").as(both()),
            files -> oddlyNamed(files, "list"),
            files -> oddlyNamed(files, "list/a*"),
            files -> users(files.with("list/off=50%/a.csv", GOOD), "list").as(both()),
            files ->
                users(
                        files
                            .with("list/c=true/a.csv", "u\nann\n")
                            .with("list/c=false/a.csv", "u\nbob\n"),
                        "list")
                    .as(both()))
        .line(
            "UTF-16, UTF-32, Latin-1 and others, with options.encoding",
            files -> encoded(files, "UTF-16", "ann"),
            files -> encoded(files, "UTF-32", "ann"),
            files -> encoded(files, "ISO-8859-1", "J\u00f6rg"),
            files -> encoded(files, "windows-1252", "\u20acva"))
        .line(
            "UTF-16 without it",
            files ->
                users(files.with("a.csv", GOOD.getBytes(StandardCharsets.UTF_16)), "a.csv").as())
        .line(
            "lines before the header that begin with options.comment",
            files ->
                files
                    .with("a.csv", "# a report\n#\n" + GOOD)
                    .read(USERS.formatted("a.csv", "csv", ", options { comment = \"#\" }"), USER)
                    .as(both()))
        .line(
            "a line sep=; before the header",
            files -> users(files.with("a.csv", "sep=;\nu;c\nann;true\n"), "a.csv").as());
  }

  private static void names(Examples examples) {
    examples
        .line(
            "a column of CSV without a name, with that of another, or with one that Spark or Nightjar reserves",
            files -> priced(files, "i,price,x,", "_c3", "mug,1,2,4", "mug 4.0"),
            files -> priced(files, "i,price,x,price", "price_3", "mug,1,2,4", "mug 4.0"),
            files -> priced(files, "i,price,x,_metadata", "_metadata_3", "mug,1,2,4", "mug 4.0"))
        .line(
            "columns of CSV that differ only in case",
            files -> priced(files, "i,x,x,price,Price", "price_3", "mug,1,2,3,4", "mug 3.0"),
            files -> priced(files, "i,x,x,price,Price", "Price_4", "mug,1,2,3,4", "mug 4.0"))
        .line(
            "keys of JSON that differ only in case",
            files -> goodJson(files, "{\"u\":\"ann\",\"c\":1}\n{\"U\":\"bob\",\"C\":0}\n"))
        .line(
            "a JSON row with two of them that say two things",
            files ->
                json(files, "{\"u\":\"ann\",\"c\":1}\n{\"u\":\"bob\",\"c\":1,\"C\":0}\n")
                    .as("ann true"))
        .line(
            "columns of Parquet that differ only in case",
            files ->
                parquet(files, PEOPLE.formatted("required boolean c; required boolean C;"))
                    .read(USERS.formatted("a.parquet", "parquet", ""), USER)
                    .as())
        .line(
            "a column of Parquet of a time of day, a UUID, an interval, half a float or more than 38 digits",
            files -> typed(files, "optional int64 t (TIME(MICROS,true));"),
            files -> typed(files, "optional fixed_len_byte_array(16) t (UUID);"),
            files -> typed(files, "optional fixed_len_byte_array(12) t (INTERVAL);"),
            files -> typed(files, "optional fixed_len_byte_array(2) t (FLOAT16);"),
            files -> typed(files, "optional binary t (DECIMAL(39,2));"))
        .line(
            "a column _metadata of JSON or Parquet",
            files -> json(files, "{\"u\":\"ann\",\"c\":1,\"_metadata\":1}").as(),
            files ->
                parquet(files, PEOPLE.formatted("required boolean c; required boolean _metadata;"))
                    .read(USERS.formatted("a.parquet", "parquet", ""), USER)
                    .as());
  }

  private static void columns(Examples examples) {
    examples
        .line(
            "columns in another order than in other files, or that no expression names",
            files ->
                users(
                        files
                            .with("list/a.csv", "u,c\nann,true\n")
                            .with("list/b.csv", "x,c,u\n1,false,bob\n"),
                        "list")
                    .as(both()))
        .line(
            "a file, or all of JSON, that lacks an optional column which earlier files had, or which no key of JSON is like",
            files ->
                files
                    .with("list/a.csv", "i,price\nmug,3\n")
                    .with("list/b.csv", "i\npan\n")
                    .read(ITEMS.formatted("list", "csv", ""), ITEM)
                    .as("mug 3.0", "pan -"),
            files ->
                files
                    .with("a.json", "{\"i\":\"mug\"}")
                    .read(ITEMS.formatted("a.json", "json", ""), ITEM)
                    .as("mug -"))
        .line(
            "a file that lacks a required column, or consent; one of the newest day that lacks an outcome of the push log",
            files -> {
              files.with("log/2026-03-09.csv", "p,u,at,left\n1,ann,2026-03-09,\n");
              files.with("log/2026-03-10.csv", "p,u,at,gone\n2,bob,2026-03-10,2026-03-10\n");
              return files
                  .read(
                      """
                      pushes {
                        path = "log/{date}.csv"
                        columns { push_id = p, user_id = u, sent_at = at, unsubscribed_at = left }
                      }
                      """)
                  .as();
            },
            files ->
                users(files.with("list/a.csv", GOOD).with("list/b.csv", "u\neve\n"), "list").as(),
            files ->
                users(files.with("list/a.csv", GOOD).with("list/b.csv", "c\n1\n"), "list").as())
        .line(
            "a JSON key within one that is null, [] or {} in every row, where it is optional",
            files -> nested(files, "null").as("mug -"),
            files -> nested(files, "[]").as("mug -"),
            files -> nested(files, "{}").as("mug -"))
        .line(
            "a file of users, suppressions or pushes with a mapped column twice",
            files -> users(files.with("a.csv", "u,c,c\nann,1,0\n"), "a.csv").as(),
            files ->
                files
                    .with("a.csv", "u,left since,left since\nann,,2026-03-09\n")
                    .read(
                        "pushes { path = \"a.csv\", columns { push_id = u, user_id = u, sent_at = u, unsubscribed_at = \"`left since`\" } }")
                    .as())
        .line(
            "a column that all files lack, and those of the 30 days before; consent in JSON, too",
            files -> users(files.with("a.csv", "u,consent\nann,1\n"), "a.csv").as(),
            files -> priced(files, "i,preis", "price", "mug,1"),
            files -> json(files, "{\"usr\":\"ann\"}").as());
  }

  private static void broken(Examples examples) {
    examples
        .line(
            "a file without text, of users or suppressions",
            files -> users(files.with("a.csv", ""), "a.csv").as(),
            files -> users(files.with("a.csv", " \n\n"), "a.csv").as(),
            files -> json(files, " \n").as(),
            files ->
                files
                    .with("a.csv", "")
                    .read("suppressions { path = \"a.csv\", columns { user_id = u } }", "user_id")
                    .as())
        .line(
            "a file without text, of another input; only a header; an array of JSON without elements",
            files -> priced(files, "", "price", ""),
            files -> priced(files, "i,price", "price", ""),
            files -> users(files.with("a.csv", "u,c\n"), "a.csv").as(),
            files -> json(files, "[\n]\n").as())
        .line(
            "a page of a web server",
            files -> users(files.with("a.csv", "<!DOCTYPE html><html>502</html>"), "a.csv").as(),
            files -> json(files, "\n<html>\n<body>").as(),
            files -> users(files.with("a.csv", "<?xml version=\"1.0\"?><Error/>"), "a.csv").as())
        .line(
            "a file of another format than its name says",
            files -> users(files.with("a.csv", "PAR1xxxx"), "a.csv").as(),
            files -> users(files.with("a.csv", "PK\u0003\u0004"), "a.csv").as(),
            files -> users(files.with("a.csv", packed(GOOD)), "a.csv").as(),
            files -> users(files.with("a.csv", bytes("(\u00b5/\u00fdxx")), "a.csv").as(),
            files -> users(files.with("a.csv", "BZh91AY&SYxx"), "a.csv").as(),
            files ->
                files
                    .with("a.parquet", GOOD)
                    .read(USERS.formatted("a.parquet", "parquet", ""), USER)
                    .as())
        .line(
            "a file none of whose rows can be split, such as one JSON object over many lines",
            files -> json(files, "{\n \"u\": \"ann\",\n \"c\": true\n}\n").as(),
            files ->
                files.with("a.csv", "u,c\nann\nbob\n").night(USERS.formatted("a.csv", "csv", "")))
        .line(
            "a file without the packing that its name says",
            files -> users(files.with("a.csv.bz2", GOOD), "a.csv.bz2").as(),
            files -> users(files.with("a.csv.snappy", GOOD), "a.csv.snappy").as(),
            files -> users(files.with("a.csv.gz", GOOD), "a.csv.gz").as(),
            files ->
                files
                    .with("a.csv.bz2", GOOD)
                    .read("items { path = \"a.csv.bz2\", columns { item_id = u } }", ITEM)
                    .as())
        .line(
            "a packed file of a kind that this Hadoop cannot unpack, such as .zst without its native library",
            files -> users(files.with("a.csv.zst", bytes("(\u00b5/\u00fdxx")), "a.csv.zst").as(),
            files ->
                files
                    .with("a.json.zst", bytes("(\u00b5/\u00fdxx"))
                    .read(USERS.formatted("a.json.zst", "json", ""), USER)
                    .as())
        .line(
            "Parquet, or a packed file, without its end",
            files -> {
              Path whole =
                  parquet(files, PEOPLE.formatted("required boolean c;")).path("a.parquet");
              return cut(files, whole, "a.parquet", "parquet");
            },
            files -> {
              StringBuilder rows = new StringBuilder("u,c\n");
              Random random = new Random(7);
              for (int i = 0; i < 2_000; i++) {
                rows.append(random.nextLong()).append(",true\n");
              }
              files.with("a.csv.gz", packed(rows.toString()));
              return cut(files, files.path("a.csv.gz"), "a.csv.gz", "csv");
            })
        .line(
            "a path that does not exist",
            files -> users(files, "a.csv").as(),
            files -> users(files, "list/{date}.csv").as());
  }

  private static void mappings(Examples examples) {
    examples
        .line(
            "an expression that is no SQL, has an absent function or an aggregate, or gives a type that the column cannot be made of",
            files -> priced(files, "i,p", "p * (2", "mug,1"),
            files -> priced(files, "i,p", "to_money(p)", "mug,1"),
            files -> priced(files, "i,p", "max(p)", "mug,1"),
            files -> priced(files, "i,p", "named_struct('a', p, 'b', p)", "mug,1"),
            files -> priced(files, "i,p", "array(p)", "mug,1"),
            files -> priced(files, "i,p", "make_interval(1)", "mug,1"))
        .line(
            "an expression that cannot be computed for a row, such as one with a zone or a pattern that does not exist",
            files ->
                priced(files, "i,t", "int(to_utc_timestamp(t, 'Europe/Londn'))", "mug,2026-03-10"),
            files -> priced(files, "i,t", "int(to_timestamp(t, 'YYYY-MM-DD'))", "mug,2026-03-10"),
            files -> priced(files, "i,p", "regexp_extract(p, '(', 1)", "mug,1"),
            files -> priced(files, "i,p", "to_number(p, '999')", "mug,1x"))
        .line(
            "a misspelt input, key or column; a required column without an expression",
            files -> files.read("usrs { path = \"a.csv\" }").as(),
            files -> files.read("users { pth = \"a.csv\", columns { user_id = u } }").as(),
            files ->
                files.read("users { path = \"a.csv\", columns { user_id = u, zon = z } }").as(),
            files -> files.read("users { path = \"a.csv\", columns { zone = z } }").as())
        .line(
            "the source_columns of users, suppressions or pushes with a mapped column twice",
            files ->
                files
                    .with("a.csv", "ann,1,0\n")
                    .read(
                        USERS.formatted(
                            "a.csv",
                            "csv",
                            ", options { header = false }, source_columns = [u, c, c]"),
                        USER)
                    .as())
        .line(
            "an option's value that Spark's reader does not take",
            files -> option(files, "multiLine = maybe"),
            files -> option(files, "encoding = utf-9"),
            files -> option(files, "quote = \"''\""),
            files -> option(files, "samplingRatio = abc"),
            files -> option(files, "pathGlobFilter = \"*.txt\""));
  }

  // ---- what the examples are made of ------------------------------------------------

  private static String[] both() {
    return new String[] {"ann true", "bob false"};
  }

  private static RawFiles.Kept users(RawFiles files, String path) {
    return files.read(USERS.formatted(path, "csv", ""), USER);
  }

  private static Outcome good(RawFiles files) {
    return users(files, "a.csv").as(both());
  }

  private static Outcome oddlyNamed(RawFiles files, String path) {
    Stream.of("a[1].csv", "a{x,y}.csv", "a=1.csv", "a 12.csv", "a*.csv", "a:b.csv")
        .forEach(name -> files.with("list/" + name, "u,c\nu%s,true\n".formatted(name.charAt(1))));
    return users(files, path).as("u true", "u* true", "u: true", "u= true", "u[ true", "u{ true");
  }

  private static RawFiles.Kept json(RawFiles files, String text) {
    return files.with("a.json", text).read(USERS.formatted("a.json", "json", ""), USER);
  }

  /** An item whose price is in an object, which is something else in every row. */
  private static RawFiles.Kept nested(RawFiles files, String other) {
    return files
        .with("a.json", "{\"i\":\"mug\",\"of\":%s}\n".formatted(other))
        .read(ITEMS.formatted("a.json", "json", "").replace("= price", "= of.price"), ITEM);
  }

  private static Outcome goodJson(RawFiles files, String text) {
    return json(files, text).as(both());
  }

  private static Outcome encoded(RawFiles files, String encoding, String user) {
    return files
        .with("a.csv", "u,c\n%s,true\n".formatted(user).getBytes(Charset.forName(encoding)))
        .read(USERS.formatted("a.csv", "csv", ", options { encoding = " + encoding + " }"), USER)
        .as(user + " true");
  }

  /** Items of a file with such a header and row, whose price is an expression. */
  private static Outcome priced(
      RawFiles files, String header, String price, String row, String... expected) {
    String config =
        "items { path = \"a.csv\", columns { item_id = i, price = \"%s\" } }".formatted(price);
    String text = header.isEmpty() ? "" : header + "\n" + row + "\n";
    return files.with("a.csv", text).read(config, ITEM).as(expected);
  }

  private static Outcome option(RawFiles files, String option) {
    return files
        .with("a.csv", GOOD)
        .read(USERS.formatted("a.csv", "csv", ", options { " + option + " }"), USER)
        .as();
  }

  private static Outcome cut(RawFiles files, Path whole, String name, String format) {
    try {
      byte[] content = Files.readAllBytes(whole);
      return files
          .with(name, Arrays.copyOf(content, content.length * 2 / 3))
          .read(USERS.formatted(name, format, ""), USER)
          .as();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Outcome nanoseconds(RawFiles files) {
    return parquet(files, PEOPLE.formatted("required int64 at (TIMESTAMP(NANOS,true));"))
        .read(
            "users { path = \"a.parquet\", format = parquet, columns { user_id = u, updated_at = at } }",
            "user_id",
            "updated_at")
        .as("ann 2026-03-10 12:00:00.123456");
  }

  private static Outcome typed(RawFiles files, String column) {
    return parquet(files, PEOPLE.formatted(column))
        .read(
            "users { path = \"a.parquet\", format = parquet, columns { user_id = u } }", "user_id")
        .as();
  }

  /** A Parquet file of one row. */
  private static RawFiles parquet(RawFiles files, String columns) {
    MessageType schema = MessageTypeParser.parseMessageType(columns);
    Configuration hadoop = TestSpark.session().sparkContext().hadoopConfiguration();
    GroupWriteSupport.setSchema(schema, hadoop);
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(files.path("a.parquet").toUri());
    try (ParquetWriter<org.apache.parquet.example.data.Group> writer =
        ExampleParquetWriter.builder(path).withConf(hadoop).withType(schema).build()) {
      org.apache.parquet.example.data.Group row = new SimpleGroupFactory(schema).newGroup();
      row.append("u", "ann");
      schema.getFields().stream()
          .skip(1)
          .forEach(
              field -> {
                if (field.getName().equals("at")) {
                  row.append("at", 1_773_144_000_123_456_789L);
                } else if (field.isRepetition(Type.Repetition.REQUIRED)) {
                  row.append(field.getName(), true);
                }
              });
      writer.write(row);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return files;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] packed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return bytes.toByteArray();
  }
}
