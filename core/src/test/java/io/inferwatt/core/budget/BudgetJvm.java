package io.inferwatt.core.budget;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A JVM of its own that charges a budget until it is told to stop, or killed. */
final class BudgetJvm {

    private BudgetJvm() {}

    /** @param arguments the state file; {@code once} to charge 1 J and wait, {@code always} to charge and write without end */
    public static void main(String[] arguments) throws IOException {
        Clock clock = Clock.systemUTC();
        StateFile file = StateFile.open(Path.of(arguments[0]), false, clock, BudgetJvm::print);
        BudgetLedger ledger = new BudgetLedger(
                List.of(Charges.budget("team-a", "limit=1 MJ", "window=300d")),
                Charges.TENANTS,
                clock,
                System::nanoTime,
                "",
                file,
                null,
                BudgetJvm::print,
                BudgetJvm::print,
                Runnable::run);
        print("consumed " + ledger.totals().get(0).consumed());
        do {
            ledger.settled(Charges.joules("m", 1));
            print("charged " + ledger.totals().get(0).charged());
            ledger.writeState();
            print("failures " + ledger.stateFailures());
            print("written in " + file.path().getFileName());
        } while (arguments[1].equals("always"));
        if (System.in.read() < 0) {
            ledger.close();
            print("closed");
        }
    }

    private static void print(String line) {
        try {
            System.out.write((line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            System.out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
