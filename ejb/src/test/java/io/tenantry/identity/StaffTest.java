package io.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.Scope;
import io.tenantry.testing.Database;
import org.junit.jupiter.api.Test;

class StaffTest {
    private static final String PIA = "pia@platform.example";

    private final World world = new World();

    @Test
    void theSystemMakesALinkForAnOperatorWhoHasNoOtherWayIn() {
        Database.undone(Scope.PLATFORM, () -> {
            var pia = world.staffMember(PIA, "operator_owner");
            var link = World.asSystem(() -> world.staff.recoveryLink(" Pia@platform.example "));
            assertThat(link).hasValueSatisfying(made -> {
                assertThat(made.url()).startsWith("http://platform.localhost:8080/link#");
                var secret = made.url().substring(made.url().indexOf('#') + 1);
                assertThat(world.links.open(secret))
                        .hasValueSatisfying(open -> assertThat(open.personId()).isEqualTo(World.id(pia)));
            });
        });
    }

    @Test
    void aNewerLinkReplacesAnOlderOne() {
        Database.undone(Scope.PLATFORM, () -> {
            world.staffMember(PIA, "operator_owner");
            var first = World.asSystem(() -> world.staff.recoveryLink(PIA)).orElseThrow();
            World.asSystem(() -> world.staff.recoveryLink(PIA));
            assertThat(world.links.open(first.url().substring(first.url().indexOf('#') + 1)))
                    .isEmpty();
        });
    }

    @Test
    void nobodyElseSeesSuchALink() {
        Database.undone(Scope.PLATFORM, () -> {
            var pia = world.staffMember(PIA, "operator_owner");
            assertThatThrownBy(() -> World.as(pia, () -> world.staff.recoveryLink(PIA)))
                    .isInstanceOf(AccessDenied.class);
        });
    }

    @Test
    void thereIsNoneForStrangersAndForOperatorsWhoAreDisabled() {
        Database.undone(Scope.PLATFORM, () -> {
            var pia = world.staffMember(PIA, "operator_owner");
            assertThat(World.asSystem(() -> world.staff.recoveryLink("stranger@platform.example")))
                    .isEmpty();
            assertThat(World.asSystem(() -> world.staff.recoveryLink("no address")))
                    .isEmpty();
            world.sql.update("update person set state = 'DISABLED' where id = ?", World.id(pia));
            assertThat(World.asSystem(() -> world.staff.recoveryLink(PIA))).isEmpty();
        });
    }

    @Test
    void itIsOnRecordWithoutTheLink() {
        Database.undone(Scope.PLATFORM, () -> {
            var pia = world.staffMember(PIA, "operator_owner");
            World.asSystem(() -> world.staff.recoveryLink(PIA));
            var record = world.sql.first(
                    "select action || ' ' || actor_kind || ' ' || facts fact from audit_record where subject_id = ? order by seq desc limit 1",
                    row -> row.text("fact"),
                    World.id(pia).toString());
            assertThat(record).hasValue("person.link_issued SYSTEM {\"purpose\": \"RESET\"}");
        });
    }
}
