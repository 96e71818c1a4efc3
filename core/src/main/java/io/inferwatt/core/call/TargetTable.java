package io.inferwatt.core.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives each {@link RemoteTarget} a small number for life, which calls carry. Bounded: further ones share the number of {@link
 * RemoteTarget#OTHER}. Safe from all threads.
 */
public final class TargetTable {

    /** The number of a call that asks no other machine. */
    public static final int NONE = 0;

    static final int CAPACITY = 1024;

    /** The number of a request that asked other machines by calls inside it which are recorded apart. */
    public static final int ELSEWHERE = CAPACITY;

    private static final int OTHER = 1;

    private final Map<RemoteTarget, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<RemoteTarget> targets = new AtomicReferenceArray<>(CAPACITY + 1);
    private final AtomicReferenceArray<@Nullable LocalServer> serverOfTarget = new AtomicReferenceArray<>(CAPACITY + 1);
    private @Nullable Predicate<String> computedHere;
    private volatile List<LocalServer> localServers = List.of();
    private int size = OTHER + 1;

    TargetTable() {
        targets.set(OTHER, RemoteTarget.OTHER);
        targets.set(ELSEWHERE, RemoteTarget.ELSEWHERE);
    }

    /** Returns the number of a target, above {@link #NONE}. */
    public int number(RemoteTarget target) {
        Integer known = numbers.get(target);
        return known != null ? known : add(target);
    }

    private synchronized int add(RemoteTarget target) {
        Integer known = numbers.get(target);
        if (known != null) {
            return known;
        }
        if (size == CAPACITY) {
            return OTHER;
        }
        int number = size++;
        targets.set(number, target);
        findServer(number);
        numbers.put(target, number);
        return number;
    }

    /**
     * Tells which hosts are this machine: of them it is noted who asks them, so that what they draw can be metered. To be told
     * before the first call; targets that are known already are looked at again.
     *
     * @param hosts asked once for each target, on the thread of the call, so it must not wait
     */
    public synchronized void computeHere(Predicate<String> hosts) {
        computedHere = hosts;
        for (int number = OTHER; number < size; number++) {
            findServer(number);
        }
    }

    private void findServer(int number) {
        String host = targets.get(number).host();
        if (computedHere == null || host.isEmpty() || !computedHere.test(host)) {
            serverOfTarget.set(number, null);
            return;
        }
        for (LocalServer known : localServers) {
            if (known.host().equals(host)) {
                serverOfTarget.set(number, known);
                return;
            }
        }
        LocalServer server = new LocalServer(host);
        List<LocalServer> more = new ArrayList<>(localServers);
        more.add(server);
        localServers = List.copyOf(more);
        serverOfTarget.set(number, server);
    }

    /** Returns whether any call has asked another machine, or another process, yet. */
    public synchronized boolean isAny() {
        return size > OTHER + 1;
    }

    /** Returns whether a target is on this machine, so that its energy is measured or modelled and not estimated. */
    public boolean isComputedHere(int number) {
        return serverOfTarget.get(number) != null;
    }

    /** Returns the server on this machine that a target is, or null. */
    public @Nullable LocalServer server(int number) {
        return serverOfTarget.get(number);
    }

    /** Notes that a root call asks another target than before; on application threads. */
    void asked(int key, int before, int target) {
        LocalServer server = serverOfTarget.get(target);
        if (server != null && server != serverOfTarget.get(before)) {
            server.askedBy(key);
        }
    }

    /** Returns the servers on this machine that targets name, in order of appearance: the same list until there is another one. */
    public List<LocalServer> localServers() {
        return localServers;
    }

    /** Returns the target with a number that {@link #number} gave out, or that a call carries. */
    public RemoteTarget target(int number) {
        return targets.get(number);
    }
}
