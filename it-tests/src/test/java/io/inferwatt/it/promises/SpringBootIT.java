package io.inferwatt.it.promises;

import ai.onnxruntime.OrtSession;
import io.inferwatt.it.app.AnsweringModel;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.JarFolder;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.ModelAnswers;
import io.inferwatt.it.jvm.Sources;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application in one executable jar, its libraries as jars inside, loaded by Spring Boot's own loader. */
class SpringBootIT {

    /** Where the build puts Spring Boot, which is on no class path of the tests. */
    private static final Path LIBRARIES = Path.of(System.getProperty("inferwatt.springboot"));

    private static final String LOADER = "spring-boot-loader";

    private static final String SHOP = """
        package com.acme;

        import io.inferwatt.it.app.AnsweringModel;
        import org.apache.commons.logging.LogFactory;
        import org.springframework.boot.Banner;
        import org.springframework.boot.SpringApplication;
        import org.springframework.context.ConfigurableApplicationContext;
        import org.springframework.context.annotation.Bean;
        import org.springframework.context.annotation.Configuration;

        @Configuration(proxyBeanMethods = false)
        public class Shop {
            @Bean
            AnsweringModel model() throws Exception {
                return new AnsweringModel(System.getProperty("shop.model"));
            }

            public static void main(String[] arguments) throws Exception {
                SpringApplication application = new SpringApplication(Shop.class);
                application.setBannerMode(Banner.Mode.OFF);
                application.setLogStartupInfo(false);
                try (ConfigurableApplicationContext context = application.run(arguments)) {
                    LogFactory.getLog(Shop.class).warn("open for business");
                    context.getBean(AnsweringModel.class).serve();
                }
            }
        }
        """;

    @TempDir
    static Path folder;

    private static Path application;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @BeforeAll
    static void pack() throws Exception {
        application = folder.resolve("shop.jar");
        Path classes = Sources.in(folder)
                .add("com/acme/Shop.java", SHOP)
                .compile(
                        "-cp",
                        libraries().map(Path::toString).collect(Collectors.joining(File.pathSeparator))
                                + File.pathSeparator
                                + Launch.whereIs(AnsweringModel.class)
                                + File.pathSeparator
                                + Launch.whereIs(OrtSession.class));
        try (JarFolder jar = JarFolder.create(application)) {
            jar.add(JarFile.MANIFEST_NAME, ("""
                Manifest-Version: 1.0
                Main-Class: org.springframework.boot.loader.launch.JarLauncher
                Start-Class: com.acme.Shop
                Spring-Boot-Classes: BOOT-INF/classes/
                Spring-Boot-Lib: BOOT-INF/lib/

                """).getBytes(StandardCharsets.UTF_8));
            for (String inside : List.of("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/lib/")) {
                jar.add(inside, new byte[0]);
            }
            addLoader(jar);
            jar.addAll("BOOT-INF/classes/", classes);
            jar.addAll(
                    "BOOT-INF/classes/", Launch.whereIs(AnsweringModel.class), "app/AnsweringModel", "app/TinyModel");
            jar.store("BOOT-INF/lib/onnxruntime.jar", Launch.whereIs(OrtSession.class));
            for (Path library : libraries()
                    .filter(file -> !file.toString().contains(LOADER))
                    .toList()) {
                jar.store("BOOT-INF/lib/" + library.getFileName(), library);
            }
        }
    }

    private static Stream<Path> libraries() throws IOException {
        try (Stream<Path> files = Files.list(LIBRARIES)) {
            return files.sorted().toList().stream();
        }
    }

    private static void addLoader(JarFolder jar) throws IOException {
        Path loader = libraries()
                .filter(file -> file.toString().contains(LOADER))
                .findFirst()
                .orElseThrow();
        try (JarFile source = new JarFile(loader.toFile())) {
            for (JarEntry entry : Collections.list(source.entries())) {
                if (entry.getName().endsWith(".class") || entry.getName().startsWith("META-INF/services/")) {
                    try (InputStream in = source.getInputStream(entry)) {
                        jar.add(entry.getName(), in.readAllBytes());
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void executableJar_answersLogsAndIsCounted(Path java) throws Exception {
        Path model = AnsweringModel.write(folder.resolve("copy-tokens.onnx"));
        try (AgentRun run = Launch.bare(java)
                .option("--enable-native-access=ALL-UNNAMED", "-Dshop.model=" + model)
                .option("-Duser.language=en", "-Djava.util.logging.SimpleFormatter.format=%4$s %5$s%n")
                .agent("http.port=0")
                .main("-jar", application.toString())) {
            ModelAnswers.assertMeteredAndUnchanged(run, "WARNING open for business");
        }
    }
}
