package io.inferwatt.it.app;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Scanner;

/**
 * A server that deploys an application with a library of its own again and again, in a new class loader each time, and drops it after a few
 * calls. Each line on its standard input is how often.
 */
public final class Redeployer {

    private Redeployer() {}

    /** @param arguments jar of the library, folder of the application's classes, a file of its own for the application */
    public static void main(String[] arguments) throws Exception {
        URL[] classPath = {
            Path.of(arguments[0]).toUri().toURL(), Path.of(arguments[1]).toUri().toURL()
        };
        System.out.println("ready");
        try (Scanner orders = new Scanner(System.in, "UTF-8")) {
            while (orders.hasNextInt()) {
                int times = orders.nextInt();
                String answer = "";
                for (int i = 0; i < times; i++) {
                    answer = deploy(classPath, arguments[2]);
                }
                System.out.println("deployed " + times + " times, the last one said " + answer);
            }
        }
    }

    private static String deploy(URL[] classPath, String file) throws Exception {
        try (DeployedLoader loader = new DeployedLoader(classPath)) {
            return (String) loader.loadClass("io.inferwatt.it.app.Deployed")
                    .getMethod("run", String.class)
                    .invoke(null, file);
        }
    }

    /** Sees nothing of the server but the JDK. */
    private static final class DeployedLoader extends URLClassLoader {

        DeployedLoader(URL[] classPath) {
            super(classPath, ClassLoader.getPlatformClassLoader());
        }
    }
}
