package dev.nightjar.pipeline.cli.print;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.apache.commons.lang3.StringUtils;

/** Prints for the user while Nightjar works. */
public final class Console {
  /** Set by scripts/nightjar where standard output is a terminal. */
  private static final String TERMINAL = "nightjar.terminal";

  private final PrintStream out;
  private final boolean isTerminal;
  private int progressWidth;

  Console(PrintStream out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  /** Standard output, with progress lines only on a terminal. */
  public static Console standard() {
    return new Console(System.out, Boolean.getBoolean(TERMINAL));
  }

  public void line(String text) {
    clearProgress();
    out.println(text);
    out.flush();
  }

  public void line(String format, Object... values) {
    line(String.format(Locale.ROOT, format, values));
  }

  /** Replaces the progress line; does nothing without a terminal. */
  public synchronized void progress(String text) {
    if (isTerminal) {
      out.print("\r" + StringUtils.rightPad(text, progressWidth));
      out.flush();
      progressWidth = text.length();
    }
  }

  private synchronized void clearProgress() {
    if (progressWidth > 0) {
      out.print("\r" + StringUtils.repeat(' ', progressWidth) + "\r");
      progressWidth = 0;
    }
  }

  /** A table with a header; columns of numbers are aligned to the right. */
  public void table(List<String> header, List<List<String>> rows) {
    int columns = header.size();
    int[] widths = new int[columns];
    boolean[] figures = new boolean[columns];
    for (int c = 0; c < columns; c++) {
      int column = c;
      widths[c] =
          Math.max(
              header.get(c).length(),
              rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
      figures[c] = rows.stream().allMatch(row -> row.get(column).matches("[-+\\d.,%]*"));
    }
    line(tableRow(header, widths, figures));
    StringBuilder rule = new StringBuilder("  ");
    for (int width : widths) {
      rule.append(StringUtils.repeat('-', width)).append("  ");
    }
    line(rule.toString().stripTrailing());
    rows.forEach(row -> line(tableRow(row, widths, figures)));
  }

  private static String tableRow(List<String> cells, int[] widths, boolean[] figures) {
    StringBuilder text = new StringBuilder("  ");
    for (int c = 0; c < cells.size(); c++) {
      text.append(
              figures[c]
                  ? StringUtils.leftPad(cells.get(c), widths[c])
                  : StringUtils.rightPad(cells.get(c), widths[c]))
          .append("  ");
    }
    return text.toString().stripTrailing();
  }

  /** A count with thousands separators. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Seconds with one decimal. */
  public static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
