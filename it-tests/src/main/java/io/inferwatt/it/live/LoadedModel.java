package io.inferwatt.it.live;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A session with one input, and the native threads that its creation brought.
 *
 * @param engineThreads ids of the session's own threads
 */
record LoadedModel(OrtSession session, Map<String, OnnxTensor> input, Set<Integer> engineThreads) {

    private static final long SOME_TOKEN = 2054;

    /** A new thread of the JVM carries its creator's name for a moment. */
    private static final long NAMED_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    LoadedModel {
        input = Map.copyOf(input);
        engineThreads = Set.copyOf(engineThreads);
    }

    static LoadedModel load(ModelLoad model, int intraOpThreads, boolean spinning) throws OrtException, IOException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        NativeTasks tasks = NativeTasks.of(ProcessHandle.current().pid());
        OrtSession session;
        Set<Integer> before = tasks.ids();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(intraOpThreads);
            options.addConfigEntry("session.intra_op.allow_spinning", spinning ? "1" : "0");
            session = environment.createSession(model.file().toString(), options);
        }
        Set<Integer> own = tasks.ids();
        own.removeAll(before);
        LockSupport.parkNanos(NAMED_AFTER_NANOS);
        String creator = tasks.name(NativeTasks.current());
        own.removeIf(tid -> !tasks.name(tid).equals(creator));
        if (own.size() != intraOpThreads - 1) {
            throw new IOException("a session with " + intraOpThreads + " threads brought the native threads " + own);
        }
        return new LoadedModel(session, input(environment, session, model.tokens()), own);
    }

    private static Map<String, OnnxTensor> input(OrtEnvironment environment, OrtSession session, int tokens)
            throws OrtException {
        Map<String, OnnxTensor> input = new HashMap<>();
        for (String name : session.getInputNames()) {
            long[][] text = new long[1][tokens];
            Arrays.fill(text[0], name.equals("input_ids") ? SOME_TOKEN : name.equals("attention_mask") ? 1 : 0);
            input.put(name, OnnxTensor.createTensor(environment, text));
        }
        return input;
    }
}
