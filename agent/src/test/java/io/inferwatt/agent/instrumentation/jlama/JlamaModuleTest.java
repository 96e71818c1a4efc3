package io.inferwatt.agent.instrumentation.jlama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.instrumentation.ModuleContract;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Its class files are for Java 20 and the tests run on 17, too: only its members are looked at. */
class JlamaModuleTest extends ModuleContract {

    @Override
    protected InstrumentationModule module() {
        return new JlamaModule();
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "Jlama",
                "com.github.tjake:jlama-core",
                LibrarySupport.NOT_RUN,
                List.of("0.7.0", "0.8.4"),
                "`AbstractModel.generate`, `embed`, `classify`; not the work of its fork-join threads",
                "folder given to `ModelSupport.loadModel`",
                "1",
                "`promptTokens` and `generatedTokens` of the response",
                "`cpu`",
                "none");
    }

    /** Like the library's, with what the handles are to find. */
    public static class Response {

        public final int promptTokens;
        public final int generatedTokens;

        public Response(int promptTokens, int generatedTokens) {
            this.promptTokens = promptTokens;
            this.generatedTokens = generatedTokens;
        }
    }

    @Test
    void tokens_areReadFromFields() throws Throwable {
        JlamaTokens tokens = JlamaTokens.of(Response.class);

        assertThat(tokens.prompt(new Response(7, 3))).isEqualTo(7);
        assertThat(tokens.generated(new Response(7, 3))).isEqualTo(3);
        assertThatThrownBy(() -> JlamaTokens.of(Object.class)).isInstanceOf(NoSuchFieldException.class);
    }
}
