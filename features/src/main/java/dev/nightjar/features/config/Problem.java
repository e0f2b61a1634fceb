package dev.nightjar.features.config;

import java.io.Serializable;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that is wrong with a config.
 *
 * @param key whose value is wrong, within its section; empty where the rule is a whole sentence
 * @param rule what the value must be; another key of the same section is in braces
 * @param got the end of the message: what the value is
 */
record Problem(String key, String rule, String got) implements Serializable {
  private static final Pattern OTHER_KEY = Pattern.compile("\\{([\\w.]+)}");

  static Problem of(String sentence) {
    return new Problem("", sentence, "");
  }

  /** The same, with the name of the section in front of its keys. */
  Problem in(String section) {
    if (key.isEmpty()) {
      return this;
    }
    String others = "{" + Matcher.quoteReplacement(section) + ".$1}";
    return new Problem(section + "." + key, OTHER_KEY.matcher(rule).replaceAll(others), got);
  }

  /** Whether it is about one of these keys, or compares with one of them. */
  boolean isAbout(Set<String> keys) {
    return keys.contains(key)
        || OTHER_KEY.matcher(rule).results().anyMatch(other -> keys.contains(other.group(1)));
  }

  String message() {
    return key.isEmpty() ? rule : key + " " + OTHER_KEY.matcher(rule).replaceAll("$1") + got;
  }
}
