package io.tenantry.people;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tenantry.it.Deployments;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The path of each person through the pages, in a real browser. Whatever a story opens must obey the content security policy,
 * raise no error and fit a phone, see {@link Visitor}.
 */
@RunAsClient
class PeopleIT extends Deployments {
    private static @Nullable Chromium chromium;

    @BeforeAll
    static void openTheBrowser() {
        assumeTrue(Chromium.isThere(), "no Chromium in /usr/bin: the stories of people are left out");
        chromium = new Chromium();
    }

    @AfterAll
    static void closeTheBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static Chromium browser() {
        if (chromium == null) {
            throw new IllegalStateException("no browser");
        }
        return chromium;
    }

    @Test
    void aCustomerOrdersChangesEndsAndReadsTheStatement() {
        CustomerStory.tell(browser());
    }

    @Test
    void aServerThatAVendorMakesComesUpIsSwitchedAndEndsAndThePageTellsTheTruth() {
        MadeStory.tell(browser());
    }

    @Test
    void aServerGetsAnotherNameAnotherSizeAndANewBeginningAndIsLocked() {
        OperatingStory.tell(browser());
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
    void whatTakesLongSaysSoAndCanBeStopped() {
        WaitStory.tell(browser());
    }

    @Test
    void staffBringACustomerInMoveMoneyAndSellPlans() {
        StaffStory.tell(browser());
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
    void whoSeesMovesOrReadsOtherwiseIsAtHomeToo() {
        ComfortStory.tell(browser());
    }

    @Test
    void aCustomerIsAtTheConsoleOfAServer() {
        ConsoleStory.tell(browser());
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
