package io.inferwatt.it.app;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.slf4j.MDC;

/**
 * Runs a model for each HTTP request, on Tomcat's one thread, and for each line on its standard input: {@code mdc NAME} and
 * {@code baggage NAME} on behalf of somebody, {@code nobody} for no one.
 */
public final class TenantServer {

    private static final int ROWS = 1;
    private static final int TOKENS = 5;

    private final OrtSession session;
    private final OnnxTensor ids;

    private TenantServer(OrtSession session, OnnxTensor ids) {
        this.session = session;
        this.ids = ids;
    }

    public static void main(String[] arguments) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(TinyModel.bytes());
                OnnxTensor ids = OnnxTensor.createTensor(environment, new long[ROWS][TOKENS])) {
            TenantServer server = new TenantServer(session, ids);
            Tomcat tomcat = server.start(Path.of(arguments[0]));
            server.obey();
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private Tomcat start(Path folder) throws LifecycleException {
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("maxThreads", "1");
        connector.setProperty("minSpareThreads", "1");
        Tomcat tomcat = new Tomcat();
        tomcat.setSilent(true);
        tomcat.setBaseDir(folder.toString());
        tomcat.setConnector(connector);
        org.apache.catalina.Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "infer", new InferenceServlet());
        context.addServletMappingDecoded("/infer", "infer");
        tomcat.start();
        System.out.println("port " + connector.getLocalPort());
        return tomcat;
    }

    private void obey() throws IOException, OrtException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String name = line.substring(line.indexOf(' ') + 1);
            if (line.startsWith("mdc ")) {
                MDC.put("customer", name);
                infer();
                MDC.remove("customer");
            } else if (line.startsWith("baggage ")) {
                Baggage baggage = Baggage.builder().put("tenant.id", name).build();
                try (Scope scope = baggage.storeInContext(Context.current()).makeCurrent()) {
                    infer();
                }
            } else {
                infer();
            }
            System.out.println("done " + line);
        }
    }

    private void infer() throws OrtException {
        session.run(Map.of("input_ids", ids)).close();
    }

    private final class InferenceServlet extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            try {
                infer();
            } catch (OrtException failed) {
                throw new ServletException(failed);
            }
            response.getWriter().print("fine");
        }
    }
}
