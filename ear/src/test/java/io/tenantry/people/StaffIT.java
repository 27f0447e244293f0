package io.tenantry.people;

import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.Test;

/** The path of a reseller's staff through the pages, like {@link PeopleIT}. */
@RunAsClient
class StaffIT extends Stories {
    @Test
    void staffWithoutAMouseServeACustomer() {
        StaffKeysStory.tell(browser());
    }

    @Test
    void staffBringACustomerInMoveMoneyAndSellPlans() {
        StaffStory.tell(browser());
    }

    @Test
    void staffActForACustomerInASessionOfItsOwn() {
        ImpersonationStory.tell(browser());
    }

    @Test
    void aResellerIssuesAMonthAndItsCustomerReadsIt() {
        InvoiceStory.tell(browser());
    }

    @Test
    void staffCheckABankFileBeforeTheyPostIt() {
        BankImportStory.tell(browser());
    }

    @Test
    void aResellerChangesTheBrandAndEverybodySeesIt() {
        BrandStory.tell(browser());
    }
}
