package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.identity.NotVisible;
import io.tenantry.provisioning.AddressNames.Line;
import io.tenantry.provisioning.AddressNames.Outcome;
import io.tenantry.provisioning.Workshop.Fate;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a wish that an address has a name. */
class AddressNamesTest {
    private static final String NAME = "mail.kiosk.example";

    private static Operating here;
    private static Making making;
    private UUID service;
    private String address = "";

    @BeforeAll
    static void open() {
        here = new Operating("naming");
        making = here.making;
    }

    @BeforeEach
    void up() {
        making.desk.clear();
        here.vendor.clear();
        service = here.up(making.books.wallet("1"));
        address = making.column(service, "address");
    }

    @Test
    void anAddressIsNamedAndHasTheVendorsNameAgain() {
        want("Mail.Kiosk.example. ");
        assertThat(lines()).containsExactly(new Line(address, "", Optional.of(NAME)));
        here.work();
        assertThat(here.vendor.name(address)).isEqualTo(NAME);
        assertThat(lines()).containsExactly(new Line(address, NAME, Optional.empty()));
        assertThat(asked(address, NAME)).isEqualTo(Outcome.UNCHANGED);

        want("");
        here.work();
        assertThat(here.vendor.name(address)).isEmpty();
        assertThat(lines()).containsExactly(new Line(address, "", Optional.empty()));
        assertThat(making.timeline(service)).endsWith("address_named", "address_named");
    }

    @Test
    void ofTwoNamesTheLastIsGiven() {
        want("first.example.com");
        want("second.example.com");
        here.work(2);
        assertThat(here.vendor.name(address)).isEqualTo("second.example.com");
        assertThat(lines()).containsExactly(new Line(address, "second.example.com", Optional.empty()));
    }

    @Test
    void nobodyAsksWhileSomebodyElseMayBeAsking() {
        here.vendor.fates(Fate.DEATH_BEFORE);
        want("first.example.com");
        here.work();
        want("second.example.com");
        here.work();
        assertThat(here.vendor.asked()).hasSize(1);
        here.pass(NameSteps.ASKING_MAX.plusSeconds(1));
        here.work();
        assertThat(here.vendor.name(address)).isEqualTo("second.example.com");
    }

    @Test
    void itIsAskedForAgainIfTheAnswerWasLost() {
        here.vendor.fates(Fate.LOST, Fate.AWAY);
        want(NAME);
        here.work(3);
        assertThat(here.vendor.asked()).hasSize(3);
        assertThat(lines()).containsExactly(new Line(address, NAME, Optional.empty()));
    }

    @Test
    void whatIsRefusedStaysAsItWas() {
        here.vendor.fates(Fate.REFUSED);
        want(NAME);
        here.work();
        assertThat(lines()).containsExactly(new Line(address, "", Optional.empty()));
        assertThat(making.timeline(service)).endsWith("address_failed");
        assertThat(here.calls(service, "NAME")).containsExactly("REFUSED: INVALID: not that");
    }

    @Test
    void whatIsNoNameOrNoAddressOrNotPossibleIsRefused() {
        assertThat(asked(address, "not a name")).isEqualTo(Outcome.INVALID);
        assertThat(asked("198.51.100.7", NAME)).isEqualTo(Outcome.NO_ADDRESS);
        here.offer(new Upstreams(List.of(making.vendor)));
        try {
            assertThat(asked(address, NAME)).isEqualTo(Outcome.IMPOSSIBLE);
        } finally {
            here.offer(new Upstreams(List.of(here.vendor)));
        }
        assertThat(making.desk.column(making.books.tenant, "kind")).doesNotContain(NameAddress.KIND);
    }

    @Test
    void addressesOfAnotherWhoGotItsNumberAreNeitherNamedNorNoted() {
        making.vendor.gives(making.column(service, "upstream_id"), UUID.randomUUID());
        want(NAME);
        here.work(2);
        assertThat(here.vendor.asked()).isEmpty();
        assertThat(lines()).containsExactly(new Line(address, "", Optional.empty()));
        assertThat(making.timeline(service)).endsWith("address_failed");
    }

    @Test
    void nobodyIsAskedForNamesOfWhatHasEnded() {
        want(NAME);
        making.end(service);
        here.work();
        assertThat(here.vendor.asked()).isEmpty();
        assertThat(here.texts(
                        "select coalesce(wanted, '-') from %s.service_address where service_id = '" + service + "'"))
                .containsExactly("-");
    }

    @Test
    void anAddressThatTheServerHasNoMoreIsNotNamed() {
        Database.asOwner("insert into " + making.books.tenant.schema()
                + ".service_address (service_id, address, position) values ('" + service + "', '203.0.113.254', 9)");
        assertThat(asked("203.0.113.254", NAME)).isEqualTo(Outcome.WANTED);
        here.work();
        assertThat(here.vendor.asked()).isEmpty();
        assertThat(making.timeline(service)).endsWith("address_failed");
        assertThat(lines()).extracting(Line::address).contains(address);
    }

    @Test
    void nobodyNamesWhatOthersHave() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        assertThatThrownBy(() -> Database.in(making.books.tenant, () -> {
                    try (var acting = Actors.enter(stranger)) {
                        return here.names.name(service, address, NAME);
                    }
                }))
                .isInstanceOf(NotVisible.class);
        assertThat(lines()).containsExactly(new Line(address, "", Optional.empty()));
    }

    private List<Line> lines() {
        var now = here.summary(service);
        return making.books.in(() -> here.names.of(now));
    }

    private void want(String hostname) {
        assertThat(asked(address, hostname)).isEqualTo(Outcome.WANTED);
    }

    private Outcome asked(String which, String hostname) {
        return making.books.in(() -> here.names.name(service, which, hostname));
    }
}
