package io.inferwatt.it.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The models of the demo: small and large, full and quantised, of three kinds, and two that are computed elsewhere. */
final class ServedModels implements AutoCloseable {

    private final List<ServedModel> models = new ArrayList<>();

    private ServedModels() {}

    /**
     * Loads them by way of files in the folder, which must stay until they are closed.
     *
     * @param names of those that are wanted; none for all
     */
    static ServedModels open(Path folder, List<String> names) throws Exception {
        ServedModels served = new ServedModels();
        try {
            served.load(folder, names);
            return served;
        } catch (Exception failure) {
            served.close();
            throw failure;
        }
    }

    private void load(Path folder, List<String> names) throws Exception {
        if (isWanted(TreeModel.NAME, names)) {
            models.add(TreeModel.open(folder));
        }
        for (ShippedModel shipped : ShippedModel.onClassPath()) {
            if (isWanted(shipped.name(), names)) {
                models.add(EmbeddingModel.open(shipped, folder));
            }
        }
        for (int threads = 1; threads <= 2; threads++) {
            if (isWanted(GeneratingModel.name(threads), names)) {
                models.add(GeneratingModel.open(threads, folder));
            }
        }
        for (RemoteModel remote : RemoteModel.all()) {
            if (isWanted(remote.name(), names)) {
                models.add(remote);
            }
        }
    }

    private static boolean isWanted(String name, List<String> names) {
        return names.isEmpty() || names.contains(name);
    }

    List<ServedModel> list() {
        return List.copyOf(models);
    }

    @Override
    public void close() {
        models.forEach(ServedModel::close);
    }
}
