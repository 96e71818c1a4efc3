package io.inferwatt.it.app;

import java.util.Random;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;

/**
 * An application that asks very many questions before it has the first answer: each line on its standard input is how many to ask in all and
 * how many may be open at a time; answers come in no order, and one in seven is an error.
 */
public final class Promises {

    /** The method that settings name. */
    public static final String METHODS = Promises.class.getName() + "#ask:model=asked";

    private final Random random = new Random(7);

    private Promises() {}

    public static void main(String[] arguments) {
        Promises application = new Promises();
        System.out.println("ready");
        try (Scanner orders = new Scanner(System.in, "UTF-8")) {
            while (orders.hasNextInt()) {
                int errors = application.run(orders.nextInt(), orders.nextInt());
                System.out.println("answered, of which errors " + errors);
            }
        }
    }

    private int run(int questions, int most) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        CompletableFuture<Long>[] open = new CompletableFuture[most];
        int errors = 0;
        for (int i = 0; i < questions; i++) {
            int place = random.nextInt(most);
            errors += answer(open[place], i);
            open[place] = ask(i);
        }
        System.out.println("last asked");
        for (int place = 0; place < most; place++) {
            errors += answer(open[place], place);
        }
        return errors;
    }

    /** Returns 1 if the answer is an error. */
    private static int answer(CompletableFuture<Long> question, int number) {
        if (question == null) {
            return 0;
        }
        if (number % 7 == 0) {
            question.completeExceptionally(new IllegalStateException("no answer"));
            return 1;
        }
        question.complete((long) number);
        return 0;
    }

    CompletableFuture<Long> ask(int question) {
        return new CompletableFuture<>();
    }
}
