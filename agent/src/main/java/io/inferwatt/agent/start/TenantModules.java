package io.inferwatt.agent.start;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.tenants.KeptTextModule;
import io.inferwatt.agent.instrumentation.tenants.ServletModule;
import io.inferwatt.agent.tenant.TenantHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes those modules that look where the settings say a tenant is told. */
final class TenantModules {

    private TenantModules() {}

    static List<InstrumentationModule> of(Function<String, @Nullable String> settings) {
        List<InstrumentationModule> modules = new ArrayList<>();
        if (isSet("tenant.mdc", settings)) {
            modules.add(KeptTextModule.ofMdc());
        }
        if (isSet("tenant.baggage", settings)) {
            modules.add(KeptTextModule.ofBaggage());
        }
        String header = EarlySetting.of("tenant.header", settings);
        if (header != null && !header.isBlank()) {
            TenantHeader.use(header.strip());
            modules.add(new ServletModule());
        }
        return modules;
    }

    private static boolean isSet(String key, Function<String, @Nullable String> settings) {
        String text = EarlySetting.of(key, settings);
        return text != null && !text.isBlank();
    }
}
