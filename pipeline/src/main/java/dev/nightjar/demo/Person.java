package dev.nightjar.demo;

import java.time.ZoneId;

/** What the shop's files say; {@code zone} is the true one, {@code statedZone} the file's. */
record Person(
    int number,
    ZoneId zone,
    String statedZone,
    String locale,
    long createdSecond,
    String consent,
    String quietFrom,
    String quietTo,
    long suppressedSince) {

  String id() {
    return "u" + (1_000_000 + number);
  }
}
