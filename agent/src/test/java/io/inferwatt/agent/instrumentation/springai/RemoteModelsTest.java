package io.inferwatt.agent.instrumentation.springai;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.ai.inferwatt.SelfKnowingChatModel;

class RemoteModelsTest {

    @Test
    void ownOptions_holdWhereARequestHasNone_whileTheClientLives() {
        SelfKnowingChatModel client = new SelfKnowingChatModel();
        RemoteModels.of(client);
        System.gc();

        assertThat(requested(client)).isEqualTo("self-knowing-1");
    }

    private static String requested(SelfKnowingChatModel client) {
        return RequestedModel.either(null, RemoteModels.of(client).options());
    }

    @Test
    void clientThatItsOwnOptionsKnow_isNotKeptAlive() {
        WeakReference<SelfKnowingChatModel> client = remembered();

        long begin = System.nanoTime();
        while (client.get() != null && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(30)) {
            System.gc();
            Thread.onSpinWait();
        }

        assertThat(client.get()).isNull();
    }

    private static WeakReference<SelfKnowingChatModel> remembered() {
        SelfKnowingChatModel client = new SelfKnowingChatModel();
        assertThat(requested(client)).isEqualTo("self-knowing-1");
        return new WeakReference<>(client);
    }
}
