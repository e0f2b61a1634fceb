package dev.nightjar.pipeline.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.nightjar.features.config.Secrets;
import java.util.ArrayList;

/** Renders configs, for people and for fingerprints. */
public final class ConfigText {
  private ConfigText() {}

  /** The config as text, without secrets. */
  public static String render(Config config) {
    return redact(config.root(), "")
        .render(ConfigRenderOptions.defaults().setOriginComments(false).setJson(false));
  }

  /** Replaces the value of each key that is named like a secret. */
  public static ConfigObject redact(ConfigObject object, String prefix) {
    ConfigObject result = object;
    for (String key : new ArrayList<>(object.keySet())) {
      ConfigValue value = object.get(key);
      String path = prefix + key;
      if (value instanceof ConfigObject inner) {
        result = result.withValue(key, redact(inner, path + "."));
      } else if (Secrets.isSecret(path) && value.valueType() != ConfigValueType.NULL) {
        result = result.withValue(key, ConfigValueFactory.fromAnyRef(Secrets.REDACTED));
      }
    }
    return result;
  }

  /** One section as text, equal for equal settings. */
  public static String canonical(Config config, String section) {
    return config.hasPath(section)
        ? section + "=" + config.getValue(section).render(ConfigRenderOptions.concise())
        : section + "=";
  }
}
