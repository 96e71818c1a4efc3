package io.inferwatt.agent.application;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The copies of one class that live in this JVM: several applications may each have their own. Which of them a thread works with is
 * not told here; each is asked in turn. Safe from all threads.
 */
public final class LivingCopies {

    private final String className;
    private volatile List<Copy> living = List.of();

    public LivingCopies(String className) {
        this.className = className;
    }

    /** Tells that there is a copy, or will be soon; held weakly. Must not load the class, which may be being loaded now. */
    public synchronized void livesIn(ClassLoader loader) {
        List<Copy> still = new ArrayList<>();
        for (Copy known : living) {
            if (known.loader.refersTo(loader)) {
                return;
            }
            if (!known.loader.refersTo(null)) {
                still.add(known);
            }
        }
        still.add(new Copy(className, loader));
        living = List.copyOf(still);
    }

    /** Forgets what was told: there are none until something is told anew. */
    public synchronized void forget() {
        living = List.of();
    }

    /** Returns how many there are, or were until a short time ago. */
    public int count() {
        return living.size();
    }

    /** Returns one of them; null if it is gone, or nothing is known of it. */
    public @Nullable Class<?> get(int index) {
        List<Copy> all = living;
        return index < all.size() ? all.get(index).type() : null;
    }

    private static final class Copy {

        private final String className;
        private final WeakReference<ClassLoader> loader;
        private volatile WeakReference<@Nullable Class<?>> type = new WeakReference<>(null);
        private volatile int triesLeft = 5;

        Copy(String className, ClassLoader loader) {
            this.className = className;
            this.loader = new WeakReference<>(loader);
        }

        @Nullable
        Class<?> type() {
            Class<?> known = type.get();
            return known != null || triesLeft == 0 ? known : find();
        }

        private @Nullable Class<?> find() {
            ClassLoader in = loader.get();
            if (in == null) {
                return null;
            }
            try {
                Class<?> found = Class.forName(className, false, in);
                type = new WeakReference<>(found);
                return found;
            } catch (ClassNotFoundException unknown) {
                triesLeft = 0;
                return null;
            } catch (LinkageError | RuntimeException notNow) { // for instance while it is being defined
                triesLeft = Math.max(0, triesLeft - 1);
                return null;
            }
        }
    }
}
