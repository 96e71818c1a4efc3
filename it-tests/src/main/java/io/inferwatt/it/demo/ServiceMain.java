package io.inferwatt.it.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The service as a process of its own. It ends when its standard input does, so that it never outlives who started it. */
public final class ServiceMain {

    /** Opens the line that tells the address; the rest of the line is the cards of the models. */
    public static final String READY = "model service at ";

    private ServiceMain() {}

    /**
     * Serves until the standard input ends.
     *
     * @param arguments names of the models to serve; none for all of them
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("inferwatt-demo");
        // A hook, since Ctrl-C reaches this process too and leaves no other chance.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "delete-models"));
        try (ServedModels models = ServedModels.open(folder, List.of(arguments));
                ModelService service = ModelService.start(models.list())) {
            String cards =
                    models.list().stream().map(model -> model.card().word()).collect(Collectors.joining(" "));
            System.out.println(READY + service.address() + " " + cards);
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        System.exit(0); // llama.cpp's threads would keep this process alive
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
