package io.inferwatt.it.live;

import java.nio.file.Path;
import java.util.List;

/**
 * One model and how often it is called.
 *
 * @param file whose stem is the model's name
 * @param tokens of the one text in a call
 * @param callsPerSecond of all callers together, at random moments
 * @param callers threads that call nothing else
 */
public record ModelLoad(Path file, int tokens, double callsPerSecond, int callers) {

    /** Returns the name under which a meter that goes by the file knows the model. */
    public String name() {
        String file = this.file.getFileName().toString();
        return file.substring(0, file.lastIndexOf('.'));
    }

    static final int WORDS = 4;

    List<String> words() {
        return List.of(file.toString(), "" + tokens, "" + callsPerSecond, "" + callers);
    }

    static ModelLoad of(List<String> words) {
        return new ModelLoad(
                Path.of(words.get(0)),
                Integer.parseInt(words.get(1)),
                Double.parseDouble(words.get(2)),
                Integer.parseInt(words.get(3)));
    }
}
