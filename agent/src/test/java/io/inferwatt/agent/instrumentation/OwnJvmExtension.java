package io.inferwatt.agent.instrumentation;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the test methods of a class with {@link OwnJvm} in a JVM each, and reports what that printed where they fail. */
final class OwnJvmExtension implements InvocationInterceptor {

    /** Set in the JVM of one test, which then just runs it. */
    private static final String INSIDE = "inferwatt.test.own-jvm";

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (Boolean.getBoolean(INSIDE)
                || method.getExecutable().getDeclaringClass().equals(ModuleContract.class)) {
            invocation.proceed();
            return;
        }
        invocation.skip();
        Class<?> test = context.getRequiredTestClass();
        ProcessBuilder builder =
                new ProcessBuilder(command(test, method.getExecutable().getName())).redirectErrorStream(true);
        // Not as an argument: ONNX Runtime 1.29.0 ends the JVM where its command line has some 4,000 characters.
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        Process jvm = builder.start();
        jvm.getOutputStream().close();
        String printed = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jvm.waitFor() != 0) {
            throw new AssertionError("failed in a JVM of its own, which printed\n" + printed);
        }
    }

    private static List<String> command(Class<?> test, String method) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (option.startsWith("--patch-module")) {
                command.add(option);
            }
        }
        OwnJvm own = test.getAnnotation(OwnJvm.class);
        if (own != null) {
            command.addAll(List.of(own.options()));
        }
        command.add("-D" + INSIDE + "=true");
        command.add(OwnJvmExtension.class.getName());
        command.add(test.getName());
        command.add(method);
        return command;
    }

    /** Runs one test method and ends with 0 if it succeeded, even where a library's native threads would go on. */
    public static void main(String[] arguments) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(arguments[0], arguments[1]))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 60);
        System.out.flush();
        Runtime.getRuntime().halt(summary.getTestsSucceededCount() == 1 ? 0 : 1);
    }
}
