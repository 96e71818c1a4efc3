package io.inferwatt.agent.instrumentation;

import java.util.List;

/**
 * What {@code docs/supported-libraries.md} says of a library, beside what its module tells itself. Plain Markdown without
 * pipes; short, since all of it goes into one table.
 *
 * @param title name of the library as its makers write it
 * @param coordinates group and artifact
 * @param run the version whose real library runs in the tests, or {@link #NOT_RUN}
 * @param checked further versions, lowest and latest among them, whose jars have all members that are needed; each lies in
 *     {@code target/versions/<library>/<version>}, where {@code agent/pom.xml} puts it
 * @param methods what is metered, or what is done with a library {@link #besides} those that call models
 * @param modelName where the name of the model comes from; empty for a library that calls none
 * @param batch where the batch rows come from
 * @param tokens where the token counts come from, or {@code –}
 * @param device where the device comes from
 * @param models the real models it is tested with
 */
public record LibrarySupport(
        String title,
        String coordinates,
        String run,
        List<String> checked,
        String methods,
        String modelName,
        String batch,
        String tokens,
        String device,
        String models) {

    /** Where the real library cannot be run in the tests. */
    public static final String NOT_RUN = "not run";

    /**
     * Returns what the page says of a library that calls no models.
     *
     * @param does what is done with it
     */
    public static LibrarySupport besides(
            String title, String coordinates, String run, List<String> checked, String does) {
        return new LibrarySupport(title, coordinates, run, checked, does, "", "", "", "", "");
    }

    boolean callsModels() {
        return !modelName.isEmpty();
    }
}
