package io.inferwatt.agent.instrumentation.tenants;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import java.util.List;

/** Requests to servlets, of which one header names the tenant. All of Spring MVC, Jersey and the like passes here. */
public final class ServletModule implements InstrumentationModule {

    private static final String ADVICE = "io.inferwatt.agent.instrumentation.tenants.";

    @Override
    public String library() {
        return "servlet";
    }

    @Override
    public List<Hook> hooks() {
        return List.of(of("jakarta", "JakartaServletAdvice"), of("javax", "JavaxServletAdvice"));
    }

    private static Hook of(String group, String advice) {
        return Hook.onOptional(
                group + ".servlet.http.HttpServlet",
                "service",
                "(L" + group + "/servlet/ServletRequest;L" + group + "/servlet/ServletResponse;)V",
                ADVICE + advice);
    }
}
