package io.inferwatt.it.demo;

/**
 * What the service tells of a model.
 *
 * @param name stem of its file, and so the name under which the agent meters it
 * @param kind in one word
 * @param bytes size of the file
 */
record ModelCard(String name, String kind, long bytes) {

    private static final String BETWEEN = "|";

    /** Returns the card as one word. */
    String word() {
        return name + BETWEEN + kind + BETWEEN + bytes;
    }

    static ModelCard ofWord(String word) {
        String[] parts = word.split("\\" + BETWEEN, -1);
        return new ModelCard(parts[0], parts[1], Long.parseLong(parts[2]));
    }

    double megabytes() {
        return bytes / 1e6;
    }
}
