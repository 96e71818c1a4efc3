package io.inferwatt.it.app;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks the model of {@link AnsweringModel} from many virtual threads at once, every second one with a lock held, so that older
 * JVMs with virtual threads pin their carriers. Native code pins them in all. Ends with its standard input.
 */
public final class VirtualCallers {

    private VirtualCallers() {}

    /** @param arguments the model's file; how many threads */
    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[1]);
        // Newer than the release that the tests are compiled for.
        ExecutorService virtual = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try (AnsweringModel model = new AnsweringModel(arguments[0])) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String question = "question " + i;
                boolean locked = i % 2 == 0;
                answers.add(virtual.submit(() -> locked ? ask(model, question) : model.answer(question)));
            }
            int right = 0;
            for (int i = 0; i < threads; i++) {
                if (answers.get(i).get().equals(AnsweringModel.expected("question " + i))) {
                    right++;
                }
            }
            virtual.shutdown();
            System.out.println(right + " right answers");
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }

    private static String ask(AnsweringModel model, String question) throws OrtException {
        synchronized (VirtualCallers.class) {
            return model.answer(question);
        }
    }
}
