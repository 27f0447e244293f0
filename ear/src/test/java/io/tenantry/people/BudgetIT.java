package io.tenantry.people;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tenantry.it.Deployments;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cost of pages in a real browser; nothing else may run meanwhile. */
@RunAsClient
@Tag("measured")
class BudgetIT extends Deployments {
    @Test
    void pagesStayWithinBudget() {
        assumeTrue(Chromium.isThere(), "no Chromium in /usr/bin: pages are not looked at");
        try (var chromium = new Chromium()) {
            BudgetStory.tell(chromium);
        }
    }
}
