package io.inferwatt.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.weaving.Libraries;
import io.inferwatt.agent.weaving.SuppressedErrors;
import io.inferwatt.core.call.Calls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeteringTest {

    @Test
    void start_whenTheSettingsFileDisables_startsNoThread(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("inferwatt.properties"), "enabled = off");
        Calls calls = new Calls();
        SuppressedErrors errors = new SuppressedErrors();
        Libraries libraries = new Libraries(List.of(new NoHooks()), errors, calls, System::nanoTime);

        LibraryCalls.recordIn(calls);
        ApplicationCalls application = new ApplicationCalls(errors);

        new Metering(
                        "http.port=0,log.level=off,config.file=" + file,
                        new Recording(calls, libraries, application, new ApplicationQuestions(errors), errors, null))
                .start();

        application.apply("model", null).accept(null);
        assertThat(calls.keys().size()).as("'other' alone").isOne();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("inferwatt"));
    }

    private static final class NoHooks implements InstrumentationModule {

        @Override
        public String library() {
            return "none";
        }

        @Override
        public List<Hook> hooks() {
            return List.of();
        }
    }
}
