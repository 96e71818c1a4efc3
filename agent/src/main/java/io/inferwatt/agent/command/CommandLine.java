package io.inferwatt.agent.command;

import io.inferwatt.agent.start.AgentVersion;
import java.io.PrintStream;
import java.util.function.ToIntFunction;

/** Runs one command and returns the exit code of the JVM: 0, or {@value #USAGE_ERROR} when the command is not understood. */
public final class CommandLine implements ToIntFunction<String[]> {

    static final int USAGE_ERROR = 2;

    private final PrintStream out;
    private final PrintStream err;

    /** Called by name from the class with the main method. */
    public CommandLine() {
        this(System.out, System.err);
    }

    CommandLine(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public int applyAsInt(String[] arguments) {
        String command = arguments.length == 0 ? "help" : arguments[0];
        if (arguments.length > 1) {
            return misunderstood("too many arguments: " + String.join(" ", arguments));
        }
        switch (command) {
            case "version", "--version" -> out.println("inferwatt " + AgentVersion.current());
            case "help", "--help", "-h" -> out.println(usage());
            case "doctor" -> new Doctor(out).examine();
            default -> {
                return misunderstood("unknown command: " + command);
            }
        }
        return 0;
    }

    private int misunderstood(String why) {
        err.println("inferwatt: " + why);
        err.println(usage());
        return USAGE_ERROR;
    }

    private static String usage() {
        return String.join(
                System.lineSeparator(),
                "Usage: java -javaagent:inferwatt-agent.jar[=key=value,...] ...   meter the model calls of an application",
                "       java [-Dinferwatt.key=value ...] -jar inferwatt-agent.jar <command>",
                "",
                "Commands:",
                "  doctor    what can be measured on this machine, what is missing and how to get it",
                "  version   the version of this jar",
                "  help      this text");
    }
}
