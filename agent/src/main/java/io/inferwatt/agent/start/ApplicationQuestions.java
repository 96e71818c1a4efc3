package io.inferwatt.agent.start;

import io.inferwatt.agent.weaving.SuppressedErrors;
import io.inferwatt.core.budget.BudgetLedger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers what an application asks about its budgets, through the dispatcher. Never throws; what it does not understand is allowed. */
final class ApplicationQuestions implements Predicate<@Nullable String> {

    private static final String BUDGET = "budget:";
    private static final String MODEL = "model:";

    private final SuppressedErrors errors;
    private volatile @Nullable BudgetLedger budgets;

    ApplicationQuestions(SuppressedErrors errors) {
        this.errors = errors;
    }

    /** Tells who knows, as soon as somebody does. */
    void askOf(BudgetLedger ledger) {
        budgets = ledger;
    }

    @Override
    public boolean test(@Nullable String question) {
        BudgetLedger known = budgets;
        if (known == null || question == null) {
            return true;
        }
        try {
            if (question.startsWith(BUDGET)) {
                return known.allows(question.substring(BUDGET.length()));
            }
            return !question.startsWith(MODEL) || known.allowsModel(question.substring(MODEL.length()));
        } catch (RuntimeException | LinkageError broken) {
            errors.add();
            return true;
        }
    }
}
