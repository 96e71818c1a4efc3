package io.inferwatt.it.demo;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The service as a process of its own. It ends when its standard input does, so that it never outlives who started it. */
final class ServiceMain {

    /** Opens the line that tells the address; the rest of the line names the models. */
    static final String READY = "embedding service at ";

    private ServiceMain() {}

    public static void main(String[] arguments) throws IOException, OrtException {
        Path folder = Files.createTempDirectory("inferwatt-demo");
        // A hook, since Ctrl-C reaches this process too and leaves no other chance.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "delete-models"));
        List<EmbeddingModel> models = new ArrayList<>();
        try {
            for (ShippedModel model : ShippedModel.onClassPath()) {
                models.add(EmbeddingModel.open(model, folder));
            }
            try (EmbeddingService service = EmbeddingService.start(models)) {
                String names = models.stream().map(EmbeddingModel::name).collect(Collectors.joining(" "));
                System.out.println(READY + service.address() + " " + names);
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        } finally {
            for (EmbeddingModel model : models) {
                model.close();
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            // The folder comes first in the walk and has to go last.
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            System.err.println("The copies of the models stay in " + folder + ": " + failure);
        }
    }
}
