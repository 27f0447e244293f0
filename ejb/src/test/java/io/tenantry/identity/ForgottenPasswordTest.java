package io.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testing.Database;
import org.junit.jupiter.api.Test;

class ForgottenPasswordTest {
    private final World world = new World();

    @Test
    void makesALinkForAKnownPersonOnceInAWhile() {
        Database.undone(Database.AURORA, () -> {
            var customer = world.customer("forgetful@kiosk.example");
            world.events.clear();
            world.forgotten.ask(" Forgetful@kiosk.example ", "192.0.2.1");
            world.forgotten.ask("forgetful@kiosk.example", "192.0.2.2");
            assertThat(world.events).singleElement().isInstanceOfSatisfying(PersonTold.OfLink.class, told -> {
                assertThat(told.personId()).isEqualTo(World.id(customer.owner()));
                assertThat(told.purpose()).isEqualTo(Links.Purpose.RESET);
                assertThat(told.url()).startsWith("http://aurora.example");
                assertThat(told.toString()).doesNotContain(told.url());
            });
        });
    }

    @Test
    void makesNoneForAStranger() {
        Database.undone(Database.AURORA, () -> {
            world.events.clear();
            world.forgotten.ask("stranger@nowhere.example", "192.0.2.3");
            world.forgotten.ask("not an address", "192.0.2.3");
            assertThat(world.events).isEmpty();
        });
    }

    @Test
    void makesNoneForWhoAsksForEverybody() {
        Database.undone(Database.AURORA, () -> {
            world.customer("hunted@kiosk.example");
            world.events.clear();
            for (var i = 0; i < 10; i++) {
                world.forgotten.ask("guess" + i + "@kiosk.example", "198.51.100.7");
            }
            world.forgotten.ask("hunted@kiosk.example", "198.51.100.7");
            assertThat(world.events).isEmpty();
        });
    }
}
