package io.inferwatt.core.facade;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where there is no agent; with one it is tested by the module that packages it. */
class BudgetGuardTest {

    @Test
    void withoutAnAgent_allIsAllowed() {
        assertThat(BudgetGuard.allows("team-a")).isTrue();
        assertThat(BudgetGuard.allowsModel("large")).isTrue();
    }
}
