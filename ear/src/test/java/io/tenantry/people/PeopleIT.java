package io.tenantry.people;

import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.Test;

/**
 * The path of customers and strangers through the pages, in a real browser; of others in {@link StaffIT} and {@link OperatorsIT}, so that they
 * run at the same time. Every opened page must obey the content security policy, raise no error and fit a phone, see {@link Visitor}. Tests that
 * wait for servers are in {@link ServersIT}.
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
    void whatCanBeUndoneIsUndone() {
        UndoStory.tell(browser());
    }

    @Test
    void anOwnerBringsAColleagueInAndPutsThemOut() {
        TeamStory.tell(browser());
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
    void nothingOfOneBrandIsFoundFromAnother() {
        StrangerStory.tellOfTwoBrands(browser());
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
