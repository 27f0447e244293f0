package io.tenantry.people;

import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.Test;

/** The path of a reseller's staff through the pages, like {@link PeopleIT}. */
@RunAsClient
class StaffIT extends Stories {
    @Test
    void staffServeCustomerByKeyboard() {
        StaffKeysStory.tell(browser());
    }

    @Test
    void staffCreateCustomersAdjustWalletsAndSellPlans() {
        StaffStory.tell(browser());
    }

    @Test
    void staffImpersonateCustomerInSeparateSession() {
        ImpersonationStory.tell(browser());
    }

    @Test
    void resellerIssuesInvoicesThatCustomerReads() {
        InvoiceStory.tell(browser());
    }

    @Test
    void staffReviewBankFileBeforePosting() {
        BankImportStory.tell(browser());
    }

    @Test
    void staffConfirmUnknownLinesOfBankFile() {
        BankLinesStory.tell(browser());
    }

    @Test
    void resellerChangesBrandForEverybody() {
        BrandStory.tell(browser());
    }
}
