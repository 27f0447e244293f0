package io.tenantry.people;

import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The stories of people who wait for a vendor's servers to come up, to change and to answer, as {@link PeopleIT}. They mostly wait: apart
 * from the others they do it beside them.
 */
@RunAsClient
@Tag("full")
class ServersIT extends Stories {
    @Test
    void aServerThatAVendorMakesComesUpIsSwitchedAndEndsAndThePageTellsTheTruth() {
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
