package io.tenantry.people;

import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.Test;

/** The path of operators, and of a brand's public pages, like {@link PeopleIT}. */
@RunAsClient
class OperatorsIT extends Stories {
    @Test
    void anOperatorWithoutAMouseLooksAfterABrand() {
        OperatorKeysStory.tell(browser());
    }

    @Test
    void anOperatorKeepsPriceListsAndAResellerReadsThem() {
        PriceListStory.tell(browser());
    }

    @Test
    void anOperatorOpensABrandWatchesRunsAndClosesIt() {
        OperatorStory.tell(browser());
    }

    @Test
    void everybodyReadsWhatABrandSaysAndStaffChangeIt() {
        StorefrontStory.tell(browser());
    }
}
