package dev.nightjar.pipeline.backtest.page;

import com.samskivert.mustache.Mustache;
import dev.nightjar.pipeline.report.BacktestReport;
import dev.nightjar.pipeline.warehouse.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code backtest.html}: one page that needs no network, with Chart.js and the figures in it. Texts
 * and tables are rendered here, charts by {@code page.js} from the figures.
 */
public final class BacktestPage {
  private static final String LIBRARY =
      "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

  private BacktestPage() {}

  /** Writes the page next to the figures and returns its path. */
  public static String write(BacktestReport report, Storage storage) {
    return report.put(storage, "backtest.html", render(report));
  }

  static String render(BacktestReport report) {
    Map<String, Object> context = new HashMap<>(new PageText(report).asMap());
    context.put("css", resource("/backtest/page.css"));
    context.put("script", resource("/backtest/page.js"));
    context.put("library", resource(LIBRARY));
    // an end tag within the figures would end the script element that holds them
    context.put("report", report.withoutConfig().json().replace("</", "<\\/"));
    return Mustache.compiler().compile(resource("/backtest/page.mustache")).execute(context);
  }

  private static String resource(String path) {
    try (InputStream in = BacktestPage.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
