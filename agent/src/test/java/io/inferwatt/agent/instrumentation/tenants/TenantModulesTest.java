package io.inferwatt.agent.instrumentation.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.agent.tenant.ApplicationTenants;
import io.inferwatt.agent.tenant.KeptText;
import io.inferwatt.agent.tenant.TenantHeader;
import io.inferwatt.agent.tenant.TenantSources;
import io.inferwatt.agent.tenant.ThreadTenant;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.tenant.TenantTable;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the real MDC, baggage and servlets of an application in a loader of its own. */
class TenantModulesTest {

    private static final String PROVIDER = "slf4j.provider";

    private final TenantTable table = TenantTable.of(List.of("acme", "globex", "everybody"), "salt");
    private WovenLibrary woven;
    private Object application;

    @BeforeEach
    void start() throws Exception {
        System.setProperty(PROVIDER, TenantApplication.Logging.class.getName());
        TenantHeader.use("X-Tenant");
        woven = new WovenLibrary(
                List.of(KeptTextModule.ofMdc(), KeptTextModule.ofBaggage(), new ServletModule()),
                List.of(
                        "org.slf4j.",
                        "io.opentelemetry.",
                        "jakarta.servlet.",
                        "javax.servlet.",
                        TenantApplication.class.getName()),
                getClass().getClassLoader());
        application = woven.loader
                .loadClass(TenantApplication.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }

    @AfterEach
    void forget() {
        System.clearProperty(PROVIDER);
        KeptText.MDC.forget();
        KeptText.BAGGAGE.forget();
        ThreadTenant.leave(null);
    }

    private String tenant(InferwattConfig.Tenants settings) {
        return table.of(new TenantSources(table, settings).currentHash()).label();
    }

    private static InferwattConfig.Tenants settings(String name, String mdc, String baggage) {
        return new InferwattConfig.Tenants(name, mdc, "X-Tenant", baggage, List.of(), Optional.empty());
    }

    /** Returns whose work is seen while the application does some in one of its ways. */
    private String during(String way, String key, String tenant, InferwattConfig.Tenants settings) throws Exception {
        String[] seen = {"not run"};
        Runnable work = () -> seen[0] = tenant(settings);
        application
                .getClass()
                .getMethod(way, String.class, String.class, Runnable.class)
                .invoke(application, key, tenant, work);
        return seen[0];
    }

    @Test
    void mdc_isReadUnderTheKeyThatIsSet_andUnderNoOther() throws Exception {
        assertThat(during("inMdc", "customer", "acme", settings("", "customer", "")))
                .isEqualTo("acme");
        assertThat(during("inMdc", "customer", "acme", settings("", "tenant", "")))
                .isEqualTo("none");
        assertThat(during("inMdc", "customer", "acme", settings("", "", ""))).isEqualTo("none");
        assertThat(during("inMdc", "customer", "unlisted", settings("", "customer", "")))
                .isEqualTo("other");
    }

    @Test
    void baggage_isReadUnderTheKeyThatIsSet_andWinsOverTheMdc() throws Exception {
        InferwattConfig.Tenants both = settings("everybody", "customer", "tenant.id");

        assertThat(during("inBaggage", "tenant.id", "globex", both)).isEqualTo("globex");
        assertThat(during("inBaggage", "other.id", "globex", both)).isEqualTo("everybody");
        String[] seen = {""};
        Runnable work = () -> seen[0] = tenant(both);
        Runnable inBaggage = () -> {
            try {
                application
                        .getClass()
                        .getMethod("inBaggage", String.class, String.class, Runnable.class)
                        .invoke(application, "tenant.id", "globex", work);
            } catch (ReflectiveOperationException broken) {
                throw new IllegalStateException(broken);
            }
        };
        application
                .getClass()
                .getMethod("inMdc", String.class, String.class, Runnable.class)
                .invoke(application, "customer", "acme", inBaggage);
        assertThat(seen[0]).isEqualTo("globex");
    }

    @Test
    void header_ofTheRequestThatAServletServes_countsUntilItIsServed() throws Exception {
        InferwattConfig.Tenants settings = settings("everybody", "", "");

        assertThat(during("inServlet", "X-Tenant", "acme", settings)).isEqualTo("acme");
        assertThat(tenant(settings)).isEqualTo("everybody");
        assertThat(during("inJavaxServlet", "X-Tenant", "globex", settings)).isEqualTo("globex");
        assertThat(during("inServlet", "X-Other", "acme", settings)).isEqualTo("everybody");
        assertThat(woven.errors.total()).isZero();
    }

    @Test
    void servletThatFails_leavesNoTenantBehind_andItsExceptionPasses() {
        Runnable failing = () -> {
            throw new IllegalStateException("of the application");
        };
        assertThatThrownBy(() -> application
                        .getClass()
                        .getMethod("inServlet", String.class, String.class, Runnable.class)
                        .invoke(application, "X-Tenant", "acme", failing))
                .isInstanceOf(InvocationTargetException.class)
                .hasRootCauseMessage("of the application");

        assertThat(tenant(settings("", "", ""))).isEqualTo("none");
    }

    @Test
    void applicationsOwnWord_winsOverAllOthers_andNests() throws Exception {
        ApplicationTenants tenants = new ApplicationTenants();
        InferwattConfig.Tenants settings = settings("everybody", "customer", "");
        Runnable leaveOuter = tenants.apply("acme");
        assertThat(during("inMdc", "customer", "unlisted", settings)).isEqualTo("acme");
        Runnable leaveInner = tenants.apply("globex");
        assertThat(tenant(settings)).isEqualTo("globex");
        Thread other = new Thread(leaveInner);
        other.start();
        other.join();
        assertThat(tenant(settings)).as("ended on another thread").isEqualTo("globex");
        leaveInner.run();
        assertThat(tenant(settings)).isEqualTo("acme");
        leaveOuter.run();
        assertThat(tenant(settings)).isEqualTo("everybody");
    }

    @Test
    void withoutSettings_nobodyLooksUntilATenantIsTold() {
        assertThat(new TenantSources(table, InferwattConfig.Tenants.NONE).areSet())
                .isFalse();
        assertThat(new TenantSources(table, settings("everybody", "", "")).areSet())
                .isTrue();
        boolean[] used = {false};
        ThreadTenant.whenUsed(() -> used[0] = true);
        new ApplicationTenants().apply("acme").run();
        assertThat(used[0]).isTrue();
    }

    @Test
    void placesThatTheApplicationNeverUsed_areNotTouched() {
        assertThat(tenant(settings("", "customer", "tenant.id"))).isEqualTo("none");
        assertThat(woven.loader).isNotNull();
    }
}
