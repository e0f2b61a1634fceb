package dev.nightjar.pipeline.fuzz;

import java.util.List;
import java.util.Random;

/** Values, objects and first lines that nobody expects in a file. */
final class Junk {
  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "null",
          "NULL",
          "\\N",
          "NaN",
          "Infinity",
          "-0",
          "-1",
          "0",
          "7.0",
          "1e999",
          "1e-2147483648",
          "1e2147483647",
          "9223372036854775808",
          "1.23457E+11",
          "0x1F",
          "1,5",
          "0000-00-00 00:00:00",
          "2026-02-30 25:61:61",
          "2026-03-03",
          "2026-03-01 00:00:00",
          "2026-02-27 23:59:59",
          "2026-03-04 12:00:00",
          "1970-01-01 00:00:00",
          "9999-12-31",
          "292278994-08-17 07:12:55",
          "+999999-01-01",
          "-290308-12-21 19:59:05",
          "24:00",
          "25:99",
          "12:30 PM",
          "2026-03-03T10:00:00+99:99",
          "2026-03-03 10:00:00 BST",
          "1772539200",
          "1772539200000000",
          "true",
          "maybe",
          "guest",
          "undefined",
          "[object Object]",
          "[]",
          "{}",
          "{\"a\":1}",
          "[1,[2]]",
          "Europe/Atlantis",
          "GMT+25",
          "'; DROP TABLE users --",
          "${data}",
          "%s%n%d",
          "../../etc/passwd",
          "view",
          "ann",
          "=1+1");

  private Junk() {}

  static String value(Random random) {
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  static String nested(Random random) {
    int deep = 1 + random.nextInt(3000);
    return switch (random.nextInt(8)) {
      case 0 -> "[".repeat(deep);
      case 1 -> "[".repeat(deep) + "]".repeat(deep);
      case 2 -> "{\"a\":".repeat(deep) + "1" + "}".repeat(deep);
      case 3 -> "{\"a\":[1,{\"b\":null}]}";
      case 4 -> "\n{\"a\":[1,{\"b\":null}]}\n";
      case 5 -> "]}";
      case 6 -> "\n[]\n";
      default -> "/* note */ // note";
    };
  }

  static String firstLine(Random random) {
    List<String> lines =
        List.of(
            "sep=,\n",
            "sep=;\r\n",
            "# exported at noon\n",
            "#\n",
            "ref\n",
            "\n",
            ",,,\n",
            "[\n",
            "\"\n",
            "null\n");
    return lines.get(random.nextInt(lines.size()));
  }
}
