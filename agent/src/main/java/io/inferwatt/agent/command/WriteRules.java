package io.inferwatt.agent.command;

import io.inferwatt.exporters.rules.RuleFiles;
import java.io.File;
import java.io.PrintStream;
import java.util.List;

/** Writes the Prometheus rules into a folder, and says how to use them. */
final class WriteRules implements Command {

    private static final String BOUND = "--request-joules";
    private static final String PAGES = "where many draw more, a page is sent.";
    private static final String NO_PAGES = BOUND + " N sets another bound of the histogram, and sends pages.";
    private static final String ALLOWED = "rules DIR [" + BOUND + " N]";

    private final PrintStream out;
    private final PrintStream err;

    WriteRules(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public int run(List<String> options) throws MisunderstoodException {
        String folder = "";
        String bound = RuleFiles.REQUEST_JOULES;
        boolean chosen = false;
        for (int i = 0; i < options.size(); i++) {
            String word = options.get(i);
            if (word.equals(BOUND)) {
                i++;
                chosen = true;
                bound = i < options.size() ? options.get(i) : "";
            } else if (word.startsWith(BOUND + "=")) {
                chosen = true;
                bound = word.substring(BOUND.length() + 1);
            } else if (word.isBlank() || word.startsWith("-") || !folder.isEmpty()) {
                throw new MisunderstoodException("rules: unknown option '" + word + "'; allowed: " + ALLOWED);
            } else {
                folder = word;
            }
        }
        if (folder.isEmpty()) {
            throw new MisunderstoodException("rules: needs a folder; allowed: " + ALLOWED);
        }
        if (!RuleFiles.REQUEST_BOUNDS.contains(bound)) {
            throw new MisunderstoodException("rules: " + BOUND + " '" + bound
                    + "' is no bound of the histogram; allowed: " + String.join(", ", RuleFiles.REQUEST_BOUNDS));
        }
        return write(WrittenFiles.in("rules", folder), bound, chosen);
    }

    private int write(WrittenFiles files, String bound, boolean chosen) {
        if (!files.write(RuleFiles.all(chosen ? RuleFiles.rules(bound) : RuleFiles.rules()), out, err)) {
            return WrittenFiles.NOT_WRITTEN;
        }
        out.println(String.join(
                System.lineSeparator(),
                "",
                "Prometheus: name the rule files in prometheus.yml and reload it:",
                "  rule_files: ['" + files.folder() + File.separator + "inferwatt-*.yml" + "']",
                "The Prometheus operator: kubectl apply -f " + RuleFiles.MANIFEST + ", the same rules as one object.",
                "Alertmanager: merge " + RuleFiles.ALERTMANAGER
                        + " into your own configuration; its receivers are examples.",
                "99 % of the requests are to draw at most " + bound + " J; " + (chosen ? PAGES : NO_PAGES)));
        return 0;
    }
}
