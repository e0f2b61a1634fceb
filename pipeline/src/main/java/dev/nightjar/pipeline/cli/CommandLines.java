package dev.nightjar.pipeline.cli;

import dev.nightjar.pipeline.settings.CodeVersion;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.IntSupplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The command line: its commands, and how failures are reported. */
@Command(
    name = "nightjar",
    description = "Turns a shop's behaviour logs into tomorrow's push plan, one night at a time.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLines.Version.class,
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      BackfillCommand.class,
      BacktestCommand.class,
      ValidateCommand.class,
      StatusCommand.class,
      ShowCommand.class,
      ReportCommand.class,
      TuneCommand.class,
      VacuumCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  nightjar demo",
      "  nightjar run --conf conf/online-retail.conf --set data=DIR --date 2011-10-31",
      "  nightjar show push_schedule --user 17850",
      "",
      "Exit codes: 0 done, 2 bad usage or config, 3 bad data (fix it, then run again),",
      "1 a bug, 130 or 143 stopped by a signal (run again to continue)."
    })
public final class CommandLines {
  /** The text of {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"nightjar " + CodeVersion.current()};
    }
  }

  private CommandLines() {}

  /** Runs one command and returns its exit code. */
  public static int execute(String... arguments) {
    CommandLine line = new CommandLine(new CommandLines());
    line.registerConverter(LocalDate.class, CommandLines::date);
    line.setParameterExceptionHandler(CommandLines::badUsage);
    line.setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown));
    line.setUsageHelpAutoWidth(true);
    if (arguments.length == 0) {
      line.usage(System.out);
      return Errors.USAGE;
    }
    return guarded(() -> line.execute(arguments));
  }

  /** Reports errors as well as exceptions, such as a heap that is too small. */
  static int guarded(IntSupplier command) {
    try {
      return command.getAsInt();
    } catch (Throwable thrown) {
      return failed(thrown);
    }
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new TypeConversionException(
          "'%s' is not a date; write it as 2026-03-28".formatted(text));
    }
  }

  private static int badUsage(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    List<String> suggestions =
        problem instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    String hint =
        suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?";
    System.err.printf(
        "nightjar: %s%s (see: %s --help)%n",
        problem.getMessage().replaceAll("\\s*\\R\\s*", " "),
        hint,
        command.getCommandSpec().qualifiedName());
    return Errors.USAGE;
  }

  private static int failed(Throwable thrown) {
    String logFile = System.getProperty("nightjar.log", "(no log)");
    LoggerFactory.getLogger("dev.nightjar").error("the command failed", thrown);
    if (StopNotice.isStopping()) {
      return Errors.STOPPED;
    }
    Errors.Report report = Errors.report(thrown, logFile);
    report.lines().forEach(message -> System.err.println("nightjar: " + message));
    return report.code();
  }
}
