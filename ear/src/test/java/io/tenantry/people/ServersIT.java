package io.tenantry.people;

import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that wait for a provider's servers to start, change and respond, like {@link PeopleIT}. They mostly wait, so they run separately and in
 * parallel with the others.
 */
@RunAsClient
@Tag("full")
class ServersIT extends Stories {
    @Test
    void aServerThatAProviderMakesComesUpIsSwitchedAndEndsAndThePageTellsTheTruth() {
        MadeStory.tell(browser());
    }

    @Test
    void aServerGetsAnotherNameAnotherSizeAndANewBeginningAndIsLocked() {
        OperatingStory.tell(browser());
    }

    @Test
    void whatTakesLongSaysSoAndCanBeStopped() {
        WaitStory.tell(browser());
    }

    @Test
    void aCustomerIsAtTheConsoleOfAServer() {
        ConsoleStory.tell(browser());
    }
}
