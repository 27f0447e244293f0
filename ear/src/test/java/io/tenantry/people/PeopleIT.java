package io.tenantry.people;

import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.Test;

/**
 * The path of each person through the pages, in a real browser. Every opened page must obey the content security policy, raise no error and fit
 * a phone, see {@link Visitor}. Tests that wait for servers are in {@link ServersIT}.
 */
@RunAsClient
class PeopleIT extends Stories {
    @Test
    void aCustomerOrdersChangesEndsAndReadsTheStatement() {
        CustomerStory.tell(browser());
    }

    @Test
    void aCustomerChoosesWhatAServerBeginsWith() {
        OrderStory.tell(browser());
    }

    @Test
    void aCustomerOrdersOnAPhoneAndWithoutScripts() {
        OrderStory.tellOfLess(browser());
    }

    @Test
    void aCustomerFindsThingsInListsAndTakesThemAlong() {
        ListStory.tell(browser());
    }

    @Test
    void aCustomerWithoutAMouseReachesEverything() {
        KeyboardStory.tell(browser());
    }

    @Test
    void aCustomerWithoutAMouseReachesEverythingInTheDarkAndInGermanToo() {
        KeyboardStory.tellInTheDark(browser());
    }

    @Test
    void staffWithoutAMouseServeACustomer() {
        StaffKeysStory.tell(browser());
    }

    @Test
    void anOperatorWithoutAMouseLooksAfterABrand() {
        OperatorKeysStory.tell(browser());
    }

    @Test
    void whatCanBeUndoneIsUndone() {
        UndoStory.tell(browser());
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
    void anOwnerBringsAColleagueInAndPutsThemOut() {
        TeamStory.tell(browser());
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
    void anOperatorKeepsPriceListsAndAResellerReadsThem() {
        PriceListStory.tell(browser());
    }

    @Test
    void anOperatorOpensABrandWatchesRunsAndClosesIt() {
        OperatorStory.tell(browser());
    }

    @Test
    void whatBelongsToAPersonGoesWithThePerson() {
        ProfileStory.tell(browser());
    }

    @Test
    void aStrangerIsToldWhatIsWrongAndSeesNothing() {
        StrangerStory.tell(browser());
    }

    @Test
    void aResellerChangesTheBrandAndEverybodySeesIt() {
        BrandStory.tell(browser());
    }

    @Test
    void nothingOfOneBrandIsFoundFromAnother() {
        StrangerStory.tellOfTwoBrands(browser());
    }

    @Test
    void everybodyReadsWhatABrandSaysAndStaffChangeIt() {
        StorefrontStory.tell(browser());
    }

    @Test
    void theFrameFindsTellsAndKeeps() {
        ShellStory.tell(browser());
    }

    @Test
    void nobodyElseHearsOrFindsAnything() {
        ShellStory.tellOfDoors(browser());
    }
}
