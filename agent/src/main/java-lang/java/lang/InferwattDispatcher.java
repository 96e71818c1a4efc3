package java.lang;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The bridge from woven classes to the agent, the way in for applications that tell of their model calls themselves, and the
 * mark that an agent is attached. Lives in {@code java.base}, since nothing else is visible to every class loader and every
 * module. Names only types of the JDK.
 */
public final class InferwattDispatcher {

    /** Takes (Lookup, String, MethodType, Object[]) and returns a CallSite or null; set once by the agent. */
    public static volatile MethodHandle linker;

    /**
     * Begins a model call on the calling thread: takes the model's name, and null or an array of batch rows and, perhaps, of
     * how many requests the call stands for. Returns what ends it, on the same thread: takes the error it failed with, or null.
     * Null while nothing is metered; set by the agent.
     */
    public static volatile BiFunction<String, long[], Consumer<Throwable>> begin;

    /**
     * Puts a tenant in force for the calling thread: takes its name, null for the one that is in force. Returns what puts the former
     * one in force again, on the same thread. Set by the agent.
     */
    public static volatile Function<String, Runnable> tenant;

    /**
     * Answers whether something of a budget is left: takes {@code budget:} and its name, or {@code model:} and the name of a model, for
     * all budgets that select it. Null while nothing is metered; set by the agent.
     */
    public static volatile Predicate<String> allowed;

    private InferwattDispatcher() {}

    /**
     * Takes what came out of an advice in a woven method. Advice lets nothing out but the rejection of a call whose budget is used up,
     * which the settings ask for; all else is the agent's own trouble, and ends here.
     */
    public static void escaped(Throwable error) {
        if (error instanceof RejectedExecutionException) {
            throw (RejectedExecutionException) error;
        }
    }

    /**
     * Links one advice call. Whatever goes wrong, the site links to nothing: a woven class must not fail because of us. Where memory or
     * stack is short it throws that, which ends in the handler around the advice, and the JVM links the site again at its next call.
     */
    public static CallSite bootstrap(MethodHandles.Lookup caller, String name, MethodType type, Object... arguments) {
        MethodHandle current = linker;
        try {
            CallSite site = current == null ? null : (CallSite) current.invoke(caller, name, type, arguments);
            if (site != null) {
                return site;
            }
        } catch (VirtualMachineError exhausted) {
            throw exhausted;
        } catch (Throwable broken) {
            // The agent counts its own failures; here is nobody to tell.
        }
        return new ConstantCallSite(MethodHandles.empty(type));
    }
}
