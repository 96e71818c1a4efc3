package io.inferwatt.it.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Scrapes a metered JVM again and again while a test does what it likes with it. On every page the books must balance for each component,
 * and no counter may fall or go missing.
 */
public final class BookWatch implements AutoCloseable {

    private static final int FEWEST_PAGES = 3;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final double MOST_OFF_JOULES = 1e-6;
    private static final List<String> COMPONENTS = List.of("cpu", "dram", "gpu", "other");
    private static final List<String> COUNTING = List.of("_total", "_count", "_sum", "_bucket");

    private final Endpoint endpoint;
    private final long betweenNanos;
    private final Thread thread = new Thread(this::run, "book-watch");
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private MetricsPage before = new MetricsPage("");
    private volatile boolean closing;
    private volatile int pages;
    private volatile int missed;

    private BookWatch(Endpoint endpoint, long betweenNanos) {
        this.endpoint = endpoint;
        this.betweenNanos = betweenNanos;
        thread.setDaemon(true);
    }

    public static BookWatch of(Endpoint endpoint, long betweenNanos) {
        BookWatch watch = new BookWatch(endpoint, betweenNanos);
        watch.thread.start();
        return watch;
    }

    private void run() {
        while (!closing) {
            try {
                MetricsPage page = endpoint.read();
                if (!page.text().equals(before.text())) { // pages are kept for a second
                    compare(page);
                    before = page;
                    pages++;
                }
            } catch (RuntimeException malformed) {
                complaints.add("a page that cannot be read: " + malformed);
            } catch (IOException unreadable) {
                missed++; // asked in the midst of a fault
            }
            LockSupport.parkNanos(betweenNanos);
        }
    }

    private void compare(MetricsPage page) {
        for (String component : COMPONENTS) {
            double off = page.booked(component) - page.read(component);
            if (!(Math.abs(off) <= MOST_OFF_JOULES)) {
                complaints.add(component + " is off by " + off + " J of " + page.read(component));
            }
        }
        Map<String, Double> now = counters(page);
        counters(before).forEach((series, value) -> {
            Double later = now.get(series);
            if (later == null) {
                complaints.add(series + " is gone, was " + value);
            } else if (later < value) {
                complaints.add(series + " fell from " + value + " to " + later);
            }
        });
    }

    private static Map<String, Double> counters(MetricsPage page) {
        Map<String, Double> counters = new HashMap<>();
        page.text().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int end = line.lastIndexOf(' ');
            String series = line.substring(0, end);
            int labels = series.indexOf('{');
            String name = labels < 0 ? series : series.substring(0, labels);
            if (COUNTING.stream().anyMatch(name::endsWith)) {
                counters.put(series, Double.valueOf(line.substring(end + 1)));
            }
        });
        return counters;
    }

    /** Returns how many different pages were read and compared. */
    public int pages() {
        return pages;
    }

    /** Returns how often the endpoint did not answer. */
    public int missed() {
        return missed;
    }

    /**
     * Ends the watch, as soon as it has seen several pages; fails if a counter ever fell or vanished, the books were ever off, a page was
     * malformed, or there were no several pages. The JVM must be there still.
     */
    public void assertSound() {
        long begin = System.nanoTime();
        while (pages < FEWEST_PAGES && complaints.isEmpty() && System.nanoTime() - begin < LONGEST_NANOS) {
            LockSupport.parkNanos(betweenNanos);
        }
        close();
        assertThat(complaints).isEmpty();
        assertThat(pages).as("different pages; not answered %s", missed).isGreaterThanOrEqualTo(FEWEST_PAGES);
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
