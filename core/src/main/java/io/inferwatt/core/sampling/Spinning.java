package io.inferwatt.core.sampling;

import io.inferwatt.core.attribution.Attribution;
import io.inferwatt.core.attribution.ModelAccount;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Quality;
import java.util.function.Consumer;

/** Brings what engines certainly spun with nothing in flight to the books, and to a person. Sampler thread only. */
final class Spinning {

    private final Calls calls;
    private final CpuAccounts cpu;
    private final Attribution attribution;
    private final SpinningAdvice advice;

    Spinning(Calls calls, CpuAccounts cpu, Attribution attribution, Consumer<String> lines) {
        this.calls = calls;
        this.cpu = cpu;
        this.attribution = attribution;
        this.advice = new SpinningAdvice(lines);
    }

    void secondPassed(CallDrain drain) {
        for (int key = 0; key < drain.keys(); key++) {
            double spinning = cpu.spinningSeconds(key);
            if (spinning > 0) {
                ModelAccount model = attribution.model(key);
                double all = cpu.cpuSeconds(key);
                model.spun(Math.min(1, spinning / all));
                advice.look(
                        key,
                        calls.keys().key(key).model(),
                        calls.facts(key),
                        new SpinningAdvice.Totals(
                                drain.nanos(),
                                all,
                                spinning,
                                drain.ended(key),
                                model.joules(Component.CPU, Quality.MEASURED),
                                model.joules(Component.CPU, Quality.MODELLED)));
            }
        }
    }
}
