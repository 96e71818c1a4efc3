package io.inferwatt.it.app;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs an application in a class loader without parent, as OSGi does: it sees nothing of the class path. */
public final class AloneLoader {

    private AloneLoader() {}

    /** @param arguments the entries of its class path with the path separator between, its main class, its arguments */
    public static void main(String[] arguments) throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String entry : arguments[0].split(System.getProperty("path.separator"), -1)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader alone = new URLClassLoader(classPath.toArray(URL[]::new), null)) {
            String[] rest = Arrays.copyOfRange(arguments, 2, arguments.length);
            alone.loadClass(arguments[1]).getMethod("main", String[].class).invoke(null, (Object) rest);
        }
    }
}
