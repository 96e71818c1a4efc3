package io.inferwatt.agent.command;

import io.inferwatt.exporters.dashboards.Dashboards;
import java.io.PrintStream;
import java.util.List;

/** Writes the Grafana dashboards into a folder, and says how to use them. */
final class WriteDashboards implements Command {

    private final PrintStream out;
    private final PrintStream err;

    WriteDashboards(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public int run(List<String> options) throws MisunderstoodException {
        if (options.size() != 1 || options.get(0).isBlank() || options.get(0).startsWith("-")) {
            throw new MisunderstoodException("dashboards: needs a folder and nothing else; allowed: dashboards DIR");
        }
        WrittenFiles files = WrittenFiles.in("dashboards", options.get(0));
        if (!files.write(Dashboards.all(files.folder().toString()), out, err)) {
            return WrittenFiles.NOT_WRITTEN;
        }
        out.println(String.join(
                System.lineSeparator(),
                "",
                "Import by hand: Grafana > Dashboards > New > Import, one JSON file after the other.",
                "Or let Grafana load them: copy " + Dashboards.PROVISIONING
                        + " to /etc/grafana/provisioning/dashboards/",
                "  and restart Grafana; 'path' in it must be where Grafana itself finds the JSON files.",
                "Or in Kubernetes, with Grafana's side-car: kubectl apply --server-side -f " + Dashboards.CONFIG_MAP,
                "The dashboard Fleet needs the recording rules: java -jar inferwatt-agent.jar rules DIR"));
        return 0;
    }
}
