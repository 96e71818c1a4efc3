package io.inferwatt.core.energy.modelled;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A processor's name without what differs between two spellings of the same model: trade marks, clock rate, number of
 * cores, generation, graphics, case and spaces. {@code Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz} and {@code Intel
 * Xeon Platinum 8259CL} are one.
 */
final class ProcessorName {

    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern MARKS = Pattern.compile("\\((r|tm|c)\\)|[®™]");
    /** The clock rate, and what is inside besides processors. */
    private static final Pattern APPENDIX = Pattern.compile("@.*| with .*| w/ .*");

    private static final Pattern CORES = Pattern.compile("(\\d+|dual|triple|quad|six|eight|twelve|sixteen)-cores?");
    private static final Pattern GENERATION = Pattern.compile("^\\d+(st|nd|rd|th) gen ");
    /** Three digits, as in 8259CL; AMD puts a letter between them, as in 7R13. */
    private static final Pattern MODEL_NUMBER = Pattern.compile("\\d[a-z]?\\d\\d");

    private static final Set<String> FILLERS = Set.of("cpu", "processor");

    private ProcessorName() {}

    /** Returns the spelling in which names are compared. */
    static String comparable(String name) {
        String text = MARKS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
        text = APPENDIX.matcher(text).replaceFirst("");
        StringBuilder words = new StringBuilder();
        for (String word : SPACES.split(text.strip(), -1)) {
            if (!FILLERS.contains(word) && !CORES.matcher(word).matches()) {
                words.append(words.length() == 0 ? "" : " ").append(word);
            }
        }
        return GENERATION.matcher(words).replaceFirst("");
    }

    /** Returns a name for a person, without trade marks and clock rate. */
    static String display(String name) {
        String plain = name.replace("(R)", "").replace("(TM)", "").replace("(tm)", "");
        int rate = plain.indexOf('@');
        return SPACES.matcher(rate < 0 ? plain : plain.substring(0, rate))
                .replaceAll(" ")
                .strip();
    }

    /**
     * Returns whether a name tells a model. Hypervisors often show no more than a family: {@code Intel Xeon Processor
     * (Skylake, IBRS)}, {@code AMD EPYC Processor}, {@code QEMU Virtual CPU version 2.5+}.
     */
    static boolean tellsModel(String name) {
        return MODEL_NUMBER.matcher(comparable(name)).find();
    }
}
