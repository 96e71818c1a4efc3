package io.inferwatt.agent.instrumentation.tenants;

import io.inferwatt.agent.tenant.TenantHeader;
import io.inferwatt.agent.tenant.ThreadTenant;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code jakarta.servlet.http.HttpServlet.service}. */
public final class JakartaServletAdvice {

    private JakartaServletAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.Argument(0) ServletRequest request) {
        String tenant = request instanceof HttpServletRequest http ? http.getHeader(TenantHeader.name()) : null;
        return tenant == null || tenant.isBlank() ? null : new Served(ThreadTenant.enter(tenant));
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object served) {
        if (served instanceof Served begun) {
            ThreadTenant.leave(begun.before());
        }
    }
}
