package dev.nightjar.features.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.regex.Pattern;

/** Recognises keys whose values are secrets, which are never printed. */
public final class Secrets {
  /** Printed in place of a secret. */
  public static final String REDACTED = "(redacted)";

  private static final Pattern WORDS =
      Pattern.compile("(?i)secret|password|passwd|passphrase|pwd|token|credential");

  /** Cryptographic keys; {@code encryption.keySizeBits} is not one. */
  private static final Pattern KEYS =
      Pattern.compile(
          "(?i)(access|account|api|client|encryption|master|private|shared|signing|storage)[._-]?key"
              + "(?![a-z])");

  private static final Pattern SHARED_ACCESS_SIGNATURE =
      Pattern.compile("(?i)(^|[._-])sas([._-]|$)");

  private Secrets() {}

  /** Whether a key's name is that of a secret. */
  public static boolean isSecret(String key) {
    return WORDS.matcher(key).find()
        || KEYS.matcher(key).find()
        || SHARED_ACCESS_SIGNATURE.matcher(key).find();
  }

  /** A value for a message. */
  static String show(String key, ConfigValue value) {
    return isSecret(key) ? REDACTED : value.render(ConfigRenderOptions.concise());
  }
}
