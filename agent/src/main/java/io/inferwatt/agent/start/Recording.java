package io.inferwatt.agent.start;

import io.inferwatt.agent.instrumentation.methods.MethodsModule;
import io.inferwatt.agent.weaving.Libraries;
import io.inferwatt.agent.weaving.SuppressedErrors;
import io.inferwatt.core.call.Calls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What premain sets up: where calls are recorded, and by whom.
 *
 * @param libraries those that are woven
 * @param application the calls that the application tells of itself
 * @param questions what the application asks about its budgets
 * @param errors what went wrong unseen
 * @param methods the methods that the settings name, null if they name none
 */
record Recording(
        Calls calls,
        Libraries libraries,
        ApplicationCalls application,
        ApplicationQuestions questions,
        SuppressedErrors errors,
        @Nullable MethodsModule methods) {

    /** Records nothing any more, for good: nobody will read it. */
    void turnOff() {
        libraries.turnOffAll();
        application.turnOff();
    }

    /** Returns one line for each method in the settings that was not understood. */
    List<String> problems() {
        return methods == null ? List.of() : methods.problems();
    }
}
