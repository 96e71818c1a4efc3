package io.inferwatt.agent.instrumentation.tenants;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPLoggerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** An application that keeps its tenants in all the places there are; each method does its work with one of them. */
public final class TenantApplication {

    public void inMdc(String key, String tenant, Runnable work) {
        MDC.put(key, tenant);
        try {
            work.run();
        } finally {
            MDC.remove(key);
        }
    }

    public void inBaggage(String key, String tenant, Runnable work) {
        try (Scope scope = Baggage.builder()
                .put(key, tenant)
                .build()
                .storeInContext(Context.current())
                .makeCurrent()) {
            work.run();
        }
    }

    public void inServlet(String header, String tenant, Runnable work) throws Exception {
        HttpServlet servlet = new WorkingServlet(work);
        HttpServletRequest request = request(header, tenant);
        servlet.service(request, proxy(HttpServletResponse.class, Map.of()));
    }

    public void inJavaxServlet(String header, String tenant, Runnable work) throws Exception {
        javax.servlet.http.HttpServlet servlet = new OldServlet(work);
        servlet.service(
                (javax.servlet.ServletRequest)
                        proxy(javax.servlet.http.HttpServletRequest.class, Map.of("getMethod", "GET", header, tenant)),
                proxy(javax.servlet.http.HttpServletResponse.class, Map.of()));
    }

    private static HttpServletRequest request(String header, String tenant) {
        return proxy(HttpServletRequest.class, Map.of("getMethod", "GET", header, tenant));
    }

    private static <T> T proxy(Class<T> type, Map<String, String> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (any, method, arguments) -> {
                    String asked = method.getName().equals("getHeader") ? (String) arguments[0] : method.getName();
                    return answers.get(asked);
                }));
    }

    private static final class WorkingServlet extends HttpServlet {

        private static final long serialVersionUID = 1;

        private final transient Runnable work;

        WorkingServlet(Runnable work) {
            this.work = work;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            work.run();
        }
    }

    private static final class OldServlet extends javax.servlet.http.HttpServlet {

        private static final long serialVersionUID = 1;

        private final transient Runnable work;

        OldServlet(Runnable work) {
            this.work = work;
        }

        @Override
        protected void service(
                javax.servlet.http.HttpServletRequest request, javax.servlet.http.HttpServletResponse response) {
            work.run();
        }
    }

    /** A logging framework with an MDC and nothing else. */
    public static final class Logging implements SLF4JServiceProvider {

        private final MDCAdapter contexts = new BasicMDCAdapter();

        @Override
        public ILoggerFactory getLoggerFactory() {
            return new NOPLoggerFactory();
        }

        @Override
        public IMarkerFactory getMarkerFactory() {
            return new BasicMarkerFactory();
        }

        @Override
        public MDCAdapter getMDCAdapter() {
            return contexts;
        }

        @Override
        public String getRequestedApiVersion() {
            return "2.0.99";
        }

        @Override
        public void initialize() {}
    }
}
