package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testing.Database;
import org.junit.jupiter.api.Test;

class PasswordResetRequestTest {
    private final IdentityFixture identityFixture = new IdentityFixture();

    @Test
    void sendsOneLinkForRepeatedRequests() {
        Database.rolledBack(Database.AURORA, () -> {
            var customer = identityFixture.customer("forgetful@kiosk.example");
            identityFixture.events.clear();
            identityFixture.forgotten.ask(" Forgetful@kiosk.example ", "192.0.2.1");
            identityFixture.forgotten.ask("forgetful@kiosk.example", "192.0.2.2");
            assertThat(identityFixture.events)
                    .singleElement()
                    .isInstanceOfSatisfying(SecurityMailRequested.LinkCreated.class, told -> {
                        assertThat(told.personId()).isEqualTo(IdentityFixture.id(customer.owner()));
                        assertThat(told.purpose()).isEqualTo(PasswordLinks.Purpose.RESET);
                        assertThat(told.url()).startsWith("http://aurora.example");
                        assertThat(told.toString()).doesNotContain(told.url());
                    });
        });
    }

    @Test
    void sendsNoLinkForUnknownAddresses() {
        Database.rolledBack(Database.AURORA, () -> {
            identityFixture.events.clear();
            identityFixture.forgotten.ask("stranger@nowhere.example", "192.0.2.3");
            identityFixture.forgotten.ask("not an address", "192.0.2.3");
            assertThat(identityFixture.events).isEmpty();
        });
    }

    @Test
    void sendsNoLinksOnceAnAddressRequestedTooMany() {
        Database.rolledBack(Database.AURORA, () -> {
            identityFixture.customer("hunted@kiosk.example");
            identityFixture.events.clear();
            for (var i = 0; i < 10; i++) {
                identityFixture.forgotten.ask("guess" + i + "@kiosk.example", "198.51.100.7");
            }
            identityFixture.forgotten.ask("hunted@kiosk.example", "198.51.100.7");
            assertThat(identityFixture.events).isEmpty();
        });
    }
}
