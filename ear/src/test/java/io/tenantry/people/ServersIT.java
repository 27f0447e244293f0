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
    void pageShowsStateOfProvisionedServerUntilItEnds() {
        MadeStory.tell(browser());
    }

    @Test
    void customerRenamesResizesRebuildsAndLocksServer() {
        OperatingStory.tell(browser());
    }

    @Test
    void longOperationsShowProgressAndCanBeCancelled() {
        WaitStory.tell(browser());
    }

    @Test
    void customerUsesConsoleOfServer() {
        ConsoleStory.tell(browser());
    }
}
