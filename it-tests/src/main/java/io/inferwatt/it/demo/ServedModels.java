package io.inferwatt.it.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The models of the demo: small and large, full and quantised, of three kinds, and two that are computed elsewhere. */
final class ServedModels implements AutoCloseable {

    private final List<ServedModel> models = new ArrayList<>();

    private ServedModels() {}

    /** Loads them all by way of files in the folder, which must stay until they are closed. */
    static ServedModels open(Path folder) throws Exception {
        ServedModels all = new ServedModels();
        try {
            all.models.add(TreeModel.open(folder));
            for (ShippedModel shipped : ShippedModel.onClassPath()) {
                all.models.add(EmbeddingModel.open(shipped, folder));
            }
            all.models.add(GeneratingModel.open(1, folder));
            all.models.add(GeneratingModel.open(2, folder));
            all.models.addAll(RemoteModel.all());
            return all;
        } catch (Exception failure) {
            all.close();
            throw failure;
        }
    }

    List<ServedModel> list() {
        return List.copyOf(models);
    }

    @Override
    public void close() {
        models.forEach(ServedModel::close);
    }
}
