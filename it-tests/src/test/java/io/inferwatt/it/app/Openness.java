package io.inferwatt.it.app;

/** An application that says whether the inside of {@code java.lang} is open to it. */
public final class Openness {

    private Openness() {}

    public static void main(String[] arguments) throws Exception {
        Module base = Object.class.getModule();
        Module own = Openness.class.getModule();
        System.out.println("to the application: " + base.isOpen("java.lang", own));
        System.out.println("to all: " + base.isOpen("java.lang"));
        Class<?> premain = Class.forName("io.inferwatt.agent.AgentPremain", false, ClassLoader.getSystemClassLoader());
        System.out.println("premain is in the application's module: " + (premain.getModule() == own));
    }
}
