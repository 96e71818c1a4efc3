package io.inferwatt.it.app;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.inferwatt.core.facade.BudgetGuard;
import io.inferwatt.core.facade.MeteredCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

/** An application that runs an ONNX model as long as it may, then asks what it may and tells of a call of its own. */
public final class Sparing {

    private static final int ROWS = 3;
    private static final int TOKENS = 5;

    private Sparing() {}

    /** @param arguments the model's file; how many calls at most, without end if missing */
    public static void main(String[] arguments) throws Exception {
        Path file = Files.write(Path.of(arguments[0]), TinyModel.bytes());
        long most = arguments.length > 1 ? Long.parseLong(arguments[1]) : Long.MAX_VALUE;
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(file.toString(), options);
                OnnxTensor ids = OnnxTensor.createTensor(environment, new long[ROWS][TOKENS])) {
            for (long i = 0; i < most; i++) {
                session.run(Map.of("input_ids", ids)).close();
            }
        } catch (RejectedExecutionException rejected) {
            System.out.println("rejected: " + rejected);
        }
        try (MeteredCall call = MeteredCall.begin("tiny")) {
            System.out.println("began " + call.getClass().getSimpleName());
        } catch (RejectedExecutionException rejected) {
            System.out.println("told of: " + rejected);
        }
        System.out.println("allowed: " + BudgetGuard.allows("team-a") + " " + BudgetGuard.allowsModel("tiny") + " "
                + BudgetGuard.allows("all") + " " + BudgetGuard.allowsModel("large"));
        while (System.in.read() >= 0) {
            // until the test has seen it
        }
    }
}
