package io.inferwatt.core.energy.rapl;

import io.inferwatt.core.energy.Domain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A powercap tree whose registers a thread of its own moves through accelerated time, as the kernel would show them, and
 * what was truly drawn. The reader ticks in another thread, a quarter of a tick behind at most.
 */
final class DrivenTree implements AutoCloseable {

    /** 2^-14 J as the kernel counts it: most of Intel's registers. */
    static final long INTEL_UNIT_NANOJOULES = 61_035;
    /** 2^-16 J as the kernel counts it: AMD's, and memory of servers from Haswell to Ice Lake. */
    static final long FINE_UNIT_NANOJOULES = 15_258;
    /** The platform of Sapphire and Emerald Rapids. */
    static final long WHOLE_JOULE_NANOJOULES = 1_000_000_000;

    private static final long REGISTER = 1L << 32;
    private static final int STEPS_A_TICK = 4;

    /** What happens to the tree at some time. */
    interface Event {
        void happen() throws IOException;
    }

    /** What reads the tree. */
    interface Tick {
        void at(long nowNanos) throws Exception;
    }

    private record Timed(long nanos, Event event) {}

    private final PowercapTree tree;
    private final long tickNanos;
    private final List<Register> registers = new ArrayList<>();
    private final List<Timed> events = new ArrayList<>();

    private long nowNanos;
    private long readNanos;
    private boolean over;
    private @Nullable Throwable broken;

    DrivenTree(PowercapTree tree, long tickNanos) {
        this.tree = tree;
        this.tickNanos = tickNanos;
    }

    /** Adds a zone that shows the upper part of its range from the start, by a share from 0 to 1. */
    Register zone(String id, @Nullable String name, Domain domain, double watts, long unitNanojoules, double share)
            throws IOException {
        Register register = new Register(id, name, domain, watts, unitNanojoules, (long) (share * (REGISTER - 1)));
        register.appear();
        registers.add(register);
        return register;
    }

    /** Adds a package in Intel's units. */
    Register packageZone(String id, String name, double watts, double share) throws IOException {
        return zone(id, name, Domain.CPU, watts, INTEL_UNIT_NANOJOULES, share);
    }

    DrivenTree at(double seconds, Event event) {
        events.add(new Timed((long) (seconds * 1e9), event));
        return this;
    }

    /** Returns the microjoules drawn so far in a domain, each register once. */
    synchronized long drawnMicrojoules(Domain domain) {
        long sum = 0;
        for (Register register : registers) {
            sum += register.domain.equals(domain) && register.own ? register.drawnMicrojoules : 0;
        }
        return sum;
    }

    /** Moves the tree for this long and lets the reader tick. */
    void run(double seconds, Tick reader) throws Exception {
        Thread writer = new Thread(() -> write((long) (seconds * 1e9)), "powercap");
        writer.setDaemon(true);
        writer.start();
        boolean last = false;
        while (!last) {
            synchronized (this) {
                while (!over && nowNanos < readNanos + tickNanos) {
                    wait(10_000);
                }
                last = over;
                if (broken != null) {
                    throw new AssertionError("the writer broke", broken);
                }
                readNanos = nowNanos;
                // In the lock: a file is no register, and half a number would be read now and then.
                reader.at(nowNanos);
                notifyAll();
            }
        }
        writer.join();
        if (broken != null) {
            throw new AssertionError("the writer broke", broken);
        }
    }

    private void write(long untilNanos) {
        try {
            while (true) {
                synchronized (this) {
                    while (nowNanos > readNanos + tickNanos) {
                        wait(10_000);
                    }
                    if (nowNanos >= untilNanos) {
                        break;
                    }
                    move(tickNanos / STEPS_A_TICK);
                    happenings();
                    for (Register register : registers) {
                        register.show();
                    }
                    notifyAll();
                }
            }
        } catch (Exception e) {
            broken = e;
        } finally {
            synchronized (this) {
                over = true;
                notifyAll();
            }
        }
    }

    private void happenings() throws IOException {
        for (Timed timed : List.copyOf(events)) {
            if (timed.nanos <= nowNanos) {
                events.remove(timed);
                timed.event.happen();
            }
        }
    }

    private void move(long nanos) {
        nowNanos += nanos;
        for (Register register : registers) {
            register.drawnMicrojoules += (long) (register.watts * nanos / 1000);
        }
    }

    /** Lets time pass in which nobody reads, as while the JVM is stopped. Within an event. */
    void pause(double seconds) {
        move((long) (seconds * 1e9));
    }

    @Override
    public void close() throws IOException {
        for (Register register : registers) {
            register.shut();
        }
    }

    /** A register of 32 bits that counts units of energy, and the file that shows it. */
    final class Register {

        private final String id;
        private final @Nullable String name;
        private final Domain domain;
        private final long unitNanojoules;
        private double watts;
        private long offsetUnits;
        private long drawnMicrojoules;
        private boolean own = true;
        private @Nullable FileChannel channel;

        private Register(
                String id, @Nullable String name, Domain domain, double watts, long unitNanojoules, long offsetUnits) {
            this.id = id;
            this.name = name;
            this.domain = domain;
            this.watts = watts;
            this.unitNanojoules = unitNanojoules;
            this.offsetUnits = offsetUnits;
        }

        /** Says that it shows joules that another one shows too. */
        Register mirror() {
            own = false;
            return this;
        }

        void restart() {
            offsetUnits = -(drawnMicrojoules * 1000 / unitNanojoules);
        }

        void jump(double joules) {
            offsetUnits += (long) (joules * 1e9 / unitNanojoules);
        }

        void watts(double now) {
            watts = now;
        }

        /** Shows nothing until it is told to go on. */
        void blank() throws IOException {
            FileChannel open = channel;
            channel = null;
            if (open != null) {
                open.truncate(0);
                open.close();
            }
        }

        void resume() throws IOException {
            channel = FileChannel.open(tree.energyFile(id), StandardOpenOption.WRITE);
        }

        /** Fails each reading with an input/output error. */
        void fail() throws IOException {
            shut();
            Files.delete(tree.energyFile(id));
            // Reading it at address 0 is such an error.
            Files.createSymbolicLink(tree.energyFile(id), Path.of("/proc/self/mem"));
        }

        void repair() throws IOException {
            Files.delete(tree.energyFile(id));
            Files.writeString(tree.energyFile(id), shown() + "\n");
            resume();
        }

        void vanish() throws IOException {
            shut();
            tree.vanish(id);
        }

        void appear() throws IOException {
            if (name == null) {
                tree.namelessZone(id, shown());
            } else {
                tree.zone(id, name, shown(), (REGISTER - 1) * unitNanojoules / 1000);
            }
            resume();
        }

        private long shown() {
            return Math.floorMod(offsetUnits + drawnMicrojoules * 1000 / unitNanojoules, REGISTER)
                    * unitNanojoules
                    / 1000;
        }

        private void show() throws IOException {
            FileChannel open = channel;
            if (open != null) {
                byte[] text = String.format(Locale.ROOT, "%d%n", shown()).getBytes(StandardCharsets.US_ASCII);
                open.write(ByteBuffer.wrap(text), 0);
            }
        }

        private void shut() throws IOException {
            FileChannel open = channel;
            channel = null;
            if (open != null) {
                open.close();
            }
        }
    }
}
