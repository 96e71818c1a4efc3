package io.inferwatt.agent.weaving;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import io.inferwatt.agent.instrumentation.Target;
import io.inferwatt.core.call.Calls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All libraries that can be metered: finds the hooks of a class by its name, and the switch of an advice class. Immutable,
 * built without Byte Buddy while the JVM starts.
 */
public final class Libraries {

    /** Hooks of a library for one class. */
    public record Match(Library library, Hook hook) {}

    /** A library and its switch. */
    public record Library(String name, List<Member> requires, ModuleSwitch moduleSwitch) {}

    private final Map<String, List<Match>> byInternalName = new HashMap<>();
    private final List<Match> byPrefix = new ArrayList<>();
    private final Map<String, InstrumentationModule> noticed = new HashMap<>();
    private final Map<String, InstrumentationModule> modules = new HashMap<>();
    private final Map<String, ModuleSwitch> byAdvice = new HashMap<>();
    private final Map<String, ModuleSwitch> switches = new HashMap<>();

    public Libraries(
            Iterable<InstrumentationModule> modules, SuppressedErrors errors, Calls calls, LongSupplier nanoClock) {
        for (InstrumentationModule module : modules) {
            add(module, new ModuleSwitch(module.library(), errors, calls, nanoClock));
        }
    }

    private void add(InstrumentationModule module, ModuleSwitch moduleSwitch) {
        List<Hook> hooks = module.hooks(); // once: making them is a good part of the start
        Library library = new Library(module.library(), required(module, hooks), moduleSwitch);
        switches.put(library.name(), moduleSwitch);
        modules.put(library.name(), module);
        for (String className : module.notices()) {
            noticed.put(internal(className), module);
        }
        for (Hook hook : hooks) {
            byAdvice.put(hook.advice(), moduleSwitch);
            Match match = new Match(library, hook);
            if (hook.target() instanceof Target.Named named) {
                List<Match> matches = byInternalName.get(internal(named.className()));
                if (matches == null) {
                    matches = new ArrayList<>();
                    byInternalName.put(internal(named.className()), matches);
                }
                matches.add(match);
            } else {
                byPrefix.add(match);
            }
        }
    }

    /** A library is metered whole or not at all, so a hooked method is required as well, unless its hook says otherwise. */
    public static List<Member> required(InstrumentationModule module) {
        return required(module, module.hooks());
    }

    private static List<Member> required(InstrumentationModule module, List<Hook> hooks) {
        List<Member> required = new ArrayList<>(module.requires());
        for (Hook hook : hooks) {
            String descriptor = hook.descriptor();
            if (hook.required() && descriptor != null && hook.target() instanceof Target.Named named) {
                required.add(new Member(named.className(), hook.method(), descriptor));
            }
        }
        return List.copyOf(required);
    }

    /** Returns the hooks that may go into a class of this internal name; null for nearly all classes, at once. */
    @Nullable
    List<Match> of(String internalName) {
        List<Match> found = byInternalName.get(internalName);
        for (int i = 0; i < byPrefix.size(); i++) {
            Match match = byPrefix.get(i);
            Target.ByPrefix target = (Target.ByPrefix) match.hook().target();
            if (startsWith(internalName, target.prefix()) && target.mayMatch(internalName.replace('/', '.'))) {
                found = plus(found, match);
            }
        }
        return found;
    }

    /** Tells the module that waits for a class that it is being loaded; nearly always there is none. */
    void notice(String internalName, @Nullable ClassLoader loader) {
        InstrumentationModule module = noticed.get(internalName);
        ModuleSwitch moduleSwitch = module == null ? null : switches.get(module.library());
        if (module != null && moduleSwitch != null && moduleSwitch.isOn()) {
            module.noticed(loader);
        }
    }

    private static List<Match> plus(@Nullable List<Match> matches, Match further) {
        List<Match> all = matches == null ? new ArrayList<>() : new ArrayList<>(matches);
        all.add(further);
        return all;
    }

    /** Compares an internal name with the start of a binary one without making a string of either. */
    private static boolean startsWith(String internalName, String binaryPrefix) {
        int length = binaryPrefix.length();
        if (internalName.length() < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char expected = binaryPrefix.charAt(i);
            if (internalName.charAt(i) != (expected == '.' ? '/' : expected)) {
                return false;
            }
        }
        return true;
    }

    @Nullable
    ModuleSwitch switchOfAdvice(String advice) {
        return byAdvice.get(advice);
    }

    /** Tells whether a class of this binary name may have hooks, or is waited for. */
    public boolean mayMatch(String className) {
        String internalName = internal(className);
        return of(internalName) != null || noticed.containsKey(internalName);
    }

    /** Turns a library off, for good; returns whether there is one of that name. */
    public boolean turnOff(String library) {
        ModuleSwitch found = switches.get(library);
        if (found != null) {
            turnOff(found);
        }
        return found != null;
    }

    /** Turns all libraries off, for good. */
    public void turnOffAll() {
        switches.values().forEach(this::turnOff);
    }

    private void turnOff(ModuleSwitch library) {
        library.turnOff();
        InstrumentationModule module = modules.get(library.library());
        if (module != null) {
            module.turnedOff();
        }
    }

    /** Returns the names of all libraries, sorted. */
    public Set<String> names() {
        return new TreeSet<>(switches.keySet());
    }

    private static String internal(String binaryName) {
        return binaryName.replace('.', '/');
    }
}
