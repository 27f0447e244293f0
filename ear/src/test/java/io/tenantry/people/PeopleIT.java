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
    void customerOrdersChangesAndEndsServerAndReadsStatement() {
        CustomerStory.tell(browser());
    }

    @Test
    void customerChoosesInitialConfigurationOfServer() {
        OrderStory.tell(browser());
    }

    @Test
    void customerOrdersOnPhoneAndWithoutScripts() {
        OrderStory.tellOfLess(browser());
    }

    @Test
    void customerFiltersListsAndDownloadsThem() {
        ListStory.tell(browser());
    }

    @Test
    void customerReachesEverythingByKeyboard() {
        KeyboardStory.tell(browser());
    }

    @Test
    void customerReachesEverythingByKeyboardInDarkThemeAndGerman() {
        KeyboardStory.tellInTheDark(browser());
    }

    @Test
    void undoesUndoableActions() {
        UndoStory.tell(browser());
    }

    @Test
    void ownerInvitesAndRemovesMember() {
        TeamStory.tell(browser());
    }

    @Test
    void personChangesProfilePreferencesAndSessions() {
        ProfileStory.tell(browser());
    }

    @Test
    void anonymousVisitorSeesErrorsAndNoData() {
        StrangerStory.tell(browser());
    }

    @Test
    void brandsAreInvisibleToEachOther() {
        StrangerStory.tellOfTwoBrands(browser());
    }

    @Test
    void shellSearchesNotifiesAndKeepsInput() {
        ShellStory.tell(browser());
    }

    @Test
    void searchAndSignalsAreIsolated() {
        ShellStory.tellOfDoors(browser());
    }
}
