package io.inferwatt.agent.weaving;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The class path of the tests, but with another version of a library: what is in a package that its jars have comes from them or not
 * at all.
 */
public final class OtherVersion extends URLClassLoader {

    private final Set<String> packages = new HashSet<>();

    /** @param version one that {@code agent/pom.xml} puts into {@code target/versions/<library>} */
    public OtherVersion(String library, String version) throws IOException {
        super(new URL[0], OtherVersion.class.getClassLoader());
        List<Path> jars = jars(library, version);
        if (jars.isEmpty()) {
            throw new IOException("no jars of " + library + " " + version);
        }
        for (Path jar : jars) {
            addURL(jar.toUri().toURL());
            addPackages(jar);
        }
    }

    private static List<Path> jars(String library, String version) throws IOException {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of("target", "versions", library, version), "*.jar")) {
            files.forEach(jars::add);
        }
        return jars;
    }

    private void addPackages(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (name.endsWith(".class") && name.indexOf('/') > 0) {
                    packages.add(name.substring(0, name.lastIndexOf('/')));
                }
            }
        }
    }

    private boolean isOwn(String path) {
        int end = path.lastIndexOf('/');
        return end > 0 && packages.contains(path.substring(0, end));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!isOwn(name.replace('.', '/'))) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        return isOwn(name) ? findResource(name) : super.getResource(name);
    }

    /** Returns a loader of the agent's classes for an application with this version. */
    public ClassLoader advice() {
        return new AdviceClassLoader(this, OtherVersion.class.getClassLoader());
    }
}
