package dev.nightjar.demo.csv;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Formats values for the shop's files. */
public final class CsvText {
  private CsvText() {}

  /** A UTC time to the second; blank for -1. */
  public static String time(long second) {
    return second < 0 ? "" : Instant.ofEpochSecond(second).toString();
  }

  /** A count; blank for -1. */
  public static String count(int count) {
    return count < 0 ? "" : Integer.toString(count);
  }

  /** A price with two digits after the point; blank for -1. */
  public static String money(int cents) {
    return cents < 0 ? "" : cents / 100 + "." + (cents % 100 < 10 ? "0" : "") + cents % 100;
  }

  /** A number with nine digits after the point, the same on every JVM. */
  public static String decimal(double value) {
    long scaled = (long) StrictMath.rint(StrictMath.abs(value) * 1e9);
    String digits = Long.toString(1_000_000_000L + scaled % 1_000_000_000L).substring(1);
    return (value < 0 ? "-" : "") + scaled / 1_000_000_000L + "." + digits;
  }

  /** Numbers with a space between. */
  public static String decimals(double[] values) {
    return Arrays.stream(values).mapToObj(CsvText::decimal).collect(Collectors.joining(" "));
  }
}
