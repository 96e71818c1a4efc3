package io.inferwatt.it.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link EmbeddingApplication} runs.
 *
 * @param intraOpThreads of each session, the caller included
 * @param spinning whether the engine's threads spin while they wait, as is its default
 * @param garbageBytes that a caller allocates before each call and drops after it
 * @param seed of the callers' moments
 * @param board file in which the application publishes its calls
 */
public record Workload(
        List<ModelLoad> models, int intraOpThreads, boolean spinning, int garbageBytes, long seed, Path board) {

    public Workload {
        models = List.copyOf(models);
    }

    /** Returns the arguments of {@link EmbeddingApplication#main}. */
    public String[] arguments() {
        List<String> words = new ArrayList<>(
                List.of("" + intraOpThreads, "" + spinning, "" + garbageBytes, "" + seed, board.toString()));
        models.forEach(model -> words.addAll(model.words()));
        return words.toArray(String[]::new);
    }

    static Workload of(String[] arguments) {
        List<String> words = List.of(arguments);
        List<ModelLoad> models = new ArrayList<>();
        for (int i = 5; i < words.size(); i += ModelLoad.WORDS) {
            models.add(ModelLoad.of(words.subList(i, i + ModelLoad.WORDS)));
        }
        return new Workload(
                models,
                Integer.parseInt(words.get(0)),
                Boolean.parseBoolean(words.get(1)),
                Integer.parseInt(words.get(2)),
                Long.parseLong(words.get(3)),
                Path.of(words.get(4)));
    }
}
