package io.inferwatt.exporters.records;

import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.ModelLine;
import io.inferwatt.exporters.Snapshots;
import io.inferwatt.exporters.report.RecordsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Records written, and read back as reports read them. */
final class RecordsRun {

    private RecordsRun() {}

    static RecordsExporter start(Path file, int megabytes, int files, Snapshots ledger, Consumer<String> warnings) {
        return RecordsExporter.start(
                        new InferwattConfig.Records(Optional.of(file), megabytes, files),
                        "shop",
                        50,
                        ledger::now,
                        thread -> {},
                        warnings)
                .orElseThrow();
    }

    static Disclosure read(Path path) throws IOException {
        return new RecordsReader("1.2.3", null, null, Instant.now()).read(path);
    }

    static ModelLine line(Disclosure disclosure, String model) {
        return disclosure.models().stream()
                .filter(line -> line.model().equals(model))
                .findFirst()
                .orElseThrow();
    }
}
