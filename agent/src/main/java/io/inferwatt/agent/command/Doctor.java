package io.inferwatt.agent.command;

import io.inferwatt.core.EnergyMeter;
import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.config.ConfigLoader.Loaded;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;

/**
 * Tells what the agent would find here, with the settings of this process. Reads the meters for a moment, starts nothing.
 * The exit code is 0 if energy can be had from at least one source, measured or modelled, else {@value #NOTHING}.
 */
final class Doctor implements Command {

    static final int NOTHING = 1;

    private final PrintStream out;
    private final Charset terminal;
    private final Map<String, String> properties;
    private final Map<String, String> environment;

    Doctor(PrintStream out, Charset terminal, Map<String, String> properties, Map<String, String> environment) {
        this.out = out;
        this.terminal = terminal;
        this.properties = properties;
        this.environment = environment;
    }

    @Override
    public int run(List<String> options) throws MisunderstoodException {
        DoctorOptions how = DoctorOptions.of(options);
        Loaded loaded = ConfigLoader.load(null, properties, environment);
        Examination examination = new Examination(
                how.look(),
                loaded,
                EnergyMeter.survey(loaded.config(), how.look()),
                GraphicsHardware.below(loaded.config().energy().sysRoot()));
        out.print(
                how.json()
                        ? Json.text(DoctorDocument.of(examination))
                        : DoctorScreen.of(examination).text(terminal));
        return examination.anySource() ? 0 : NOTHING;
    }
}
