package io.inferwatt.core.sampling;

import io.inferwatt.core.attribution.TickFeatures;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.KeyTable;
import io.inferwatt.core.call.LocalServer;
import io.inferwatt.core.call.TargetTable;
import io.inferwatt.core.host.Listener;
import io.inferwatt.core.host.ServingProcesses;
import io.inferwatt.core.report.MeterSnapshot.LocalServerTotals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Model servers in other processes of this machine: books their processor time to the models whose calls are in flight with them,
 * by the time that each is. What a server does with no such call in flight is not ours, and what it does for others meanwhile
 * cannot be told from what it does for us. Sampler thread only.
 */
final class LocalServers {

    private static final double NANOS = 1e-9;

    // A tick must not wait for a search: at 7.5 µs a file and 20 µs a process these take some 2 ms.
    private static final int OPEN_FILES_A_TICK = 250;
    private static final int PROCESSES_A_TICK = 100;

    private final TargetTable targets;
    private final Path procRoot;
    private final ServingProcesses serving;
    private final Consumer<String> warnings;
    private final List<FollowedServer> servers = new ArrayList<>();
    private final List<ServerProcess> processes = new ArrayList<>();

    private final long[] lastInFlightNanos = new long[KeyTable.CAPACITY];
    private final double[] inFlightNanos = new double[KeyTable.CAPACITY];

    /**
     * @param procRoot where processes and their sockets are looked for
     * @param serving told which processes work for calls in flight, so that their work on other devices is known as that
     * @param warnings receives a line for each server that cannot be metered
     */
    LocalServers(TargetTable targets, Path procRoot, ServingProcesses serving, Consumer<String> warnings) {
        this.targets = targets;
        this.procRoot = procRoot;
        this.serving = serving;
        this.warnings = warnings;
    }

    /** Takes note of calls and goes on with looking for processes. First of all in a tick. */
    void look(CallDrain drain) {
        List<LocalServer> known = targets.localServers();
        while (servers.size() < known.size()) {
            servers.add(new FollowedServer(known.get(servers.size()), procRoot, warnings));
        }
        if (servers.isEmpty()) {
            return;
        }
        for (int key = 0; key < drain.keys(); key++) {
            long inFlight = drain.inFlightNanos(key);
            inFlightNanos[key] = Math.max(0, inFlight - lastInFlightNanos[key]);
            lastInFlightNanos[key] = inFlight;
        }
        for (int i = 0; i < servers.size(); i++) {
            FollowedServer server = servers.get(i);
            server.lookAtCalls(drain);
            Listener listener = server.search(OPEN_FILES_A_TICK, drain.nanos());
            if (listener != null) {
                follow(server, listener.pid());
            }
        }
        for (int i = 0; i < processes.size(); i++) {
            ServerProcess process = processes.get(i);
            if (process.look(PROCESSES_A_TICK, drain.keys(), drain.nanos())) {
                process.checkAddresses();
                takeOverPartsOf(process);
            }
        }
        serving.set(processes.stream()
                .filter(process -> process.isAsked(drain.keys()))
                .flatMapToInt(ServerProcess::pids)
                .toArray());
    }

    private void follow(FollowedServer server, int pid) {
        for (ServerProcess process : processes) {
            if (process.contains(pid)) { // under another name, on another port, or one that it has started
                process.add(server);
                return;
            }
        }
        try {
            ServerProcess process = ServerProcess.follow(procRoot, pid);
            process.add(server);
            processes.add(process);
        } catch (IOException ended) {
            server.lose();
        }
    }

    /** A server that another one has started is part of it, whichever of them was found first: nothing counts twice. */
    private void takeOverPartsOf(ServerProcess whole) {
        for (ServerProcess part : List.copyOf(processes)) {
            if (part != whole && whole.contains(part.pid())) {
                List<FollowedServer> addresses = List.copyOf(part.addresses());
                part.addresses().clear();
                part.close();
                processes.remove(part);
                addresses.forEach(whole::add);
            }
        }
    }

    /**
     * Returns whether calls of a key are, or were since the last look, in flight with a server here: they wait, and their time in
     * flight is no processor time.
     */
    boolean takesPart(int key) {
        for (int i = 0; i < servers.size(); i++) {
            if (servers.get(i).takesPart(key)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Counts a call that has ended.
     *
     * @param requests for which it stands
     * @return whether what the server drew for it is known: its process was found
     */
    boolean ended(LocalServer server, long requests) {
        for (int i = 0; i < servers.size(); i++) {
            if (servers.get(i).isOf(server)) {
                return servers.get(i).ended(requests);
            }
        }
        return false; // asked for the first time since the last look
    }

    /**
     * Adds what the servers used since the previous call to the processor time of the models in flight with them.
     *
     * @param roomNanos the most that may be added, all together: what other processes have used
     * @return nanoseconds added, all together
     */
    long book(TickFeatures tick, long roomNanos) {
        long booked = 0;
        for (int i = processes.size() - 1; i >= 0; i--) {
            ServerProcess process = processes.get(i);
            long used = Math.min(process.usedNanos(tick.nanos), roomNanos - booked);
            if (used > 0) {
                booked += book(process, used, tick);
            }
            if (process.isOver()) {
                process.close();
                processes.remove(i);
            }
        }
        return booked;
    }

    private long book(ServerProcess process, long nanos, TickFeatures tick) {
        double sum = 0;
        for (int key = 0; key < tick.keys; key++) {
            sum += process.takesPart(key) ? inFlightNanos[key] : 0;
        }
        if (sum == 0) {
            return 0; // nobody here waits for it
        }
        for (int key = 0; key < tick.keys; key++) {
            if (process.takesPart(key)) {
                tick.cpuSeconds[key] += inFlightNanos[key] / sum * nanos * NANOS;
            }
        }
        divideByAddress(process, nanos, tick.keys);
        return nanos;
    }

    /** For the snapshot alone: one key may ask at several addresses of one process. */
    private void divideByAddress(ServerProcess process, long nanos, int keys) {
        List<FollowedServer> addresses = process.addresses();
        double all = 0;
        for (FollowedServer address : addresses) {
            all += inFlightNanos(address, keys);
        }
        for (FollowedServer address : addresses) {
            address.booked(inFlightNanos(address, keys) / all * nanos);
        }
    }

    private double inFlightNanos(FollowedServer address, int keys) {
        double sum = 0;
        for (int key = 0; key < keys; key++) {
            sum += address.takesPart(key) ? inFlightNanos[key] : 0;
        }
        return sum;
    }

    List<LocalServerTotals> totals() {
        return servers.stream().map(FollowedServer::totals).toList();
    }

    void close() {
        servers.forEach(FollowedServer::close);
        processes.forEach(ServerProcess::close);
        processes.clear();
    }
}
