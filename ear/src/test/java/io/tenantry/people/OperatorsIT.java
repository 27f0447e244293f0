package io.tenantry.people;

import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.Test;

/** The path of operators, and of a brand's public pages, like {@link PeopleIT}. */
@RunAsClient
class OperatorsIT extends Stories {
    @Test
    void operatorManagesResellerByKeyboard() {
        OperatorKeysStory.tell(browser());
    }

    @Test
    void operatorMaintainsPriceListsThatResellerReads() {
        PriceListStory.tell(browser());
    }

    @Test
    void operatorCreatesResellerWatchesRunsAndSuspendsIt() {
        OperatorStory.tell(browser());
    }

    @Test
    void staffEditStorefrontThatEverybodyReads() {
        StorefrontStory.tell(browser());
    }
}
