package io.inferwatt.agent.weaving;

import io.inferwatt.agent.instrumentation.Member;
import io.inferwatt.agent.log.AgentLog;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the application's copy of a library has all that its advice uses. Asked before anything is woven, so
 * that another version of the library is left alone rather than half metered. One line for each library that fails.
 */
public final class LibraryCheck {

    private final Map<@Nullable ClassLoader, Map<String, Boolean>> passed = new WeakHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Tells whether the library can be woven in this class loader; remembers the answer. */
    boolean passes(@Nullable ClassLoader loader, TypePool pool, Libraries.Library library) {
        Map<String, Boolean> known = known(loader);
        Boolean before = known.get(library.name());
        if (before != null) {
            return before;
        }
        Member missing = missing(pool, library.requires());
        known.put(library.name(), missing == null);
        if (missing != null && told.add(library.name())) {
            AgentLog.info("calls of " + library.name() + " are not metered: this version of it has no " + missing);
        }
        return missing == null;
    }

    private Map<String, Boolean> known(@Nullable ClassLoader loader) {
        synchronized (passed) {
            Map<String, Boolean> known = passed.get(loader);
            if (known == null) {
                known = new ConcurrentHashMap<>();
                passed.put(loader, known);
            }
            return known;
        }
    }

    /** Returns the first member that the class files of a pool lack, or null if all are there. */
    public static @Nullable Member missing(TypePool pool, Iterable<Member> members) {
        for (Member member : members) {
            TypePool.Resolution resolution = pool.describe(member.className());
            if (!resolution.isResolved() || !has(resolution.resolve(), member)) {
                return member;
            }
        }
        return null;
    }

    private static boolean has(TypeDefinition type, Member member) {
        TypeDescription erasure = type.asErasure();
        if (member.isMethod() ? declaresMethod(erasure, member) : declaresField(erasure, member)) {
            return true;
        }
        for (TypeDescription.Generic implemented : erasure.getInterfaces()) {
            if (has(implemented, member)) {
                return true;
            }
        }
        TypeDescription.Generic parent = erasure.getSuperClass();
        return parent != null && has(parent, member);
    }

    private static boolean declaresMethod(TypeDescription type, Member member) {
        for (MethodDescription.InDefinedShape method : type.getDeclaredMethods()) {
            if (method.getInternalName().equals(member.name())
                    && method.getDescriptor().equals(member.descriptor())) {
                return true;
            }
        }
        return false;
    }

    private static boolean declaresField(TypeDescription type, Member member) {
        for (FieldDescription.InDefinedShape field : type.getDeclaredFields()) {
            if (field.getName().equals(member.name()) && field.getDescriptor().equals(member.descriptor())) {
                return true;
            }
        }
        return false;
    }
}
