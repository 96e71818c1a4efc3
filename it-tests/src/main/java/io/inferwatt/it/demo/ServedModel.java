package io.inferwatt.it.demo;

/** A model that the service answers with. Safe for use by several threads at once. */
interface ServedModel extends AutoCloseable {

    ModelCard card();

    default String name() {
        return card().name();
    }

    /** Returns what the model makes of a text, as JSON. */
    String answer(String text) throws Exception;

    @Override
    void close();
}
