package io.inferwatt.it.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;

/**
 * A powercap tree of one processor package and its memory whose counters are drawn from all the time, and show the truth only between faults.
 * A reader that believes no impossible figure can never have read more joules than were drawn. One thread.
 */
final class SourceFaults {

    private static final long RANGE_MICROJOULES = 262_143_328_850L;
    private static final long FIRST_MICROJOULES = 100_000_000_000L;
    private static final double WATTS = 40;

    /** What may be wrong with a counter. */
    enum Fault {
        VANISHED,
        GARBAGE,
        EMPTY,
        NEGATIVE,
        ABSURD,
        DIRECTORY,
        LOOP,
        HALF_A_NUMBER,
        WRAPPED,
        JUMPED_BACK,
        FROZEN,
        ZONE_GONE,
        BINARY,
        DANGLING,
        FORBIDDEN,
        ZONE_FORBIDDEN
    }

    private final Path root;
    private final List<Zone> zones;
    private long drawnNanos;

    private SourceFaults(Path root) throws IOException {
        this.root = root;
        this.zones = List.of(new Zone("intel-rapl:0", "package-0"), new Zone("intel-rapl:0:0", "dram"));
        for (Zone zone : zones) {
            zone.make();
        }
        drawnNanos = System.nanoTime();
    }

    static SourceFaults in(Path root) throws IOException {
        return new SourceFaults(Files.createDirectories(root));
    }

    Path root() {
        return root;
    }

    /** Draws what has come since the last time and shows it where no fault hinders. */
    void draw() throws IOException {
        long now = System.nanoTime();
        long microjoules = Math.round((now - drawnNanos) * WATTS / 1e3);
        drawnNanos = now;
        for (Zone zone : zones) {
            zone.draw(microjoules);
        }
    }

    /** Returns the joules drawn of one zone, whether shown or not. */
    double drawnJoules() {
        return zones.get(0).drawnMicrojoules / 1e6;
    }

    Fault breakOne(Random random) throws IOException {
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        zones.get(random.nextInt(zones.size())).breakBy(fault, random);
        return fault;
    }

    void mend() throws IOException {
        for (Zone zone : zones) {
            zone.mend();
        }
    }

    private final class Zone {

        private final Path folder;
        private final String name;
        private long shownMicrojoules = FIRST_MICROJOULES;
        private long drawnMicrojoules;
        private boolean silent;

        Zone(String folder, String name) {
            this.folder = root.resolve(folder);
            this.name = name;
        }

        private Path counter() {
            return folder.resolve("energy_uj");
        }

        void make() throws IOException {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("name"), name + "\n");
            Files.writeString(folder.resolve("max_energy_range_uj"), RANGE_MICROJOULES + "\n");
            show(Long.toString(shownMicrojoules));
        }

        void draw(long microjoules) throws IOException {
            drawnMicrojoules += microjoules;
            shownMicrojoules = (shownMicrojoules + microjoules) % RANGE_MICROJOULES;
            if (!silent) {
                show(Long.toString(shownMicrojoules));
            }
        }

        /** In one step, as the kernel shows it: no reader meets half a number unless that is the fault. */
        private void show(String text) throws IOException {
            Path next = folder.resolve("next");
            Files.writeString(next, text + "\n");
            Files.move(next, counter(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        void breakBy(Fault fault, Random random) throws IOException {
            mend();
            silent = true;
            switch (fault) {
                case VANISHED -> Files.delete(counter());
                case GARBAGE -> show("12a" + random.nextLong() + "µJ");
                case EMPTY -> Files.write(counter(), new byte[0]);
                case NEGATIVE -> show("-" + shownMicrojoules);
                case ABSURD -> show("99999999999999" + random.nextInt(10000));
                case DIRECTORY -> {
                    Files.delete(counter());
                    Files.createDirectory(counter());
                }
                case LOOP -> {
                    Files.delete(counter());
                    Files.createSymbolicLink(counter(), counter());
                }
                case HALF_A_NUMBER ->
                    Files.writeString(counter(), Long.toString(shownMicrojoules).substring(0, 4));
                case WRAPPED -> {
                    shownMicrojoules = Math.max(shownMicrojoules, RANGE_MICROJOULES - 100_000);
                    silent = false;
                }
                case JUMPED_BACK -> {
                    shownMicrojoules /= 2;
                    silent = false;
                }
                case FROZEN -> {
                    // as it was
                }
                case ZONE_GONE -> {
                    for (String file : List.of("energy_uj", "name", "max_energy_range_uj")) {
                        Files.delete(folder.resolve(file));
                    }
                    Files.delete(folder);
                }
                case BINARY -> {
                    byte[] bytes = new byte[4096];
                    random.nextBytes(bytes);
                    Files.write(counter(), bytes);
                }
                case DANGLING -> {
                    Files.delete(counter());
                    Files.createSymbolicLink(
                            counter(), folder.resolve("missing").resolve("energy_uj"));
                }
                case FORBIDDEN -> Permissions.set(counter(), "---------");
                case ZONE_FORBIDDEN -> Permissions.set(folder, "---------");
            }
        }

        void mend() throws IOException {
            silent = false;
            Permissions.set(folder, "rwxr-xr-x");
            if (Files.isDirectory(counter()) || Files.isSymbolicLink(counter())) {
                Files.delete(counter());
            }
            make();
        }
    }
}
