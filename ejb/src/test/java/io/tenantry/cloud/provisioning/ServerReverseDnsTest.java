package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provisioning.ScriptedProvider.ScriptedOutcome;
import io.tenantry.cloud.provisioning.ServerReverseDns.Line;
import io.tenantry.cloud.provisioning.ServerReverseDns.Outcome;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests to set the name of an address, until their outcome. */
class ServerReverseDnsTest {
    private static final String NAME = "mail.kiosk.example";

    private static ServerOperationFixture here;
    private static ProvisioningFixture provisioningFixture;
    private UUID service;
    private String address = "";

    @BeforeAll
    static void open() {
        here = new ServerOperationFixture("naming");
        provisioningFixture = here.provisioningFixture;
    }

    @BeforeEach
    void up() {
        provisioningFixture.workQueueFixture.clear();
        here.provider.clear();
        service = here.up(provisioningFixture.billingFixture.wallet("1"));
        address = provisioningFixture.column(service, "address");
    }

    @Test
    void setsAndResetsAName() {
        want("Mail.Kiosk.example. ");
        assertThat(lines()).containsExactly(new Line(address, "", Optional.of(NAME)));
        here.work();
        assertThat(here.provider.name(address)).isEqualTo(NAME);
        assertThat(lines()).containsExactly(new Line(address, NAME, Optional.empty()));
        assertThat(asked(address, NAME)).isEqualTo(Outcome.UNCHANGED);

        want("");
        here.work();
        assertThat(here.provider.name(address)).isEmpty();
        assertThat(lines()).containsExactly(new Line(address, "", Optional.empty()));
        assertThat(provisioningFixture.timeline(service)).endsWith("address_named", "address_named");
    }

    @Test
    void appliesTheLastOfTwoNames() {
        want("first.example.com");
        want("second.example.com");
        here.work(2);
        assertThat(here.provider.name(address)).isEqualTo("second.example.com");
        assertThat(lines()).containsExactly(new Line(address, "second.example.com", Optional.empty()));
    }

    @Test
    void waitsForARequestInProgress() {
        here.provider.fates(ScriptedOutcome.DEATH_BEFORE);
        want("first.example.com");
        here.work();
        want("second.example.com");
        here.work();
        assertThat(here.provider.asked()).hasSize(1);
        here.pass(ReverseDnsTransactions.ASKING_MAX.plusSeconds(1));
        here.work();
        assertThat(here.provider.name(address)).isEqualTo("second.example.com");
    }

    @Test
    void repeatsALostRequest() {
        here.provider.fates(ScriptedOutcome.LOST, ScriptedOutcome.AWAY);
        want(NAME);
        here.work(3);
        assertThat(here.provider.asked()).hasSize(3);
        assertThat(lines()).containsExactly(new Line(address, NAME, Optional.empty()));
    }

    @Test
    void keepsTheNameAfterARefusal() {
        here.provider.fates(ScriptedOutcome.REFUSED);
        want(NAME);
        here.work();
        assertThat(lines()).containsExactly(new Line(address, "", Optional.empty()));
        assertThat(provisioningFixture.timeline(service)).endsWith("address_failed");
        assertThat(here.calls(service, "NAME")).containsExactly("REFUSED: INVALID: not that");
    }

    @Test
    void refusesInvalidNamesForeignAddressesAndUnsupportedProviders() {
        assertThat(asked(address, "not a name")).isEqualTo(Outcome.INVALID);
        assertThat(asked("198.51.100.7", NAME)).isEqualTo(Outcome.NO_ADDRESS);
        here.offer(new ProvisioningTargets(List.of(provisioningFixture.provider)));
        try {
            assertThat(asked(address, NAME)).isEqualTo(Outcome.UNSUPPORTED);
        } finally {
            here.offer(new ProvisioningTargets(List.of(here.provider)));
        }
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "kind"))
                .doesNotContain(ReverseDnsHandler.KIND);
    }

    @Test
    void doesNotNameAddressesOfAReusedServerId() {
        provisioningFixture.provider.gives(provisioningFixture.column(service, "provider_ref"), UUID.randomUUID());
        want(NAME);
        here.work(2);
        assertThat(here.provider.asked()).isEmpty();
        assertThat(lines()).containsExactly(new Line(address, "", Optional.empty()));
        assertThat(provisioningFixture.timeline(service)).endsWith("address_failed");
    }

    @Test
    void doesNotNameAddressesOfATerminatedService() {
        want(NAME);
        provisioningFixture.end(service);
        here.work();
        assertThat(here.provider.asked()).isEmpty();
        assertThat(here.texts("select coalesce(pending_hostname, '-') from %s.service_address where service_id = '"
                        + service + "'"))
                .containsExactly("-");
    }

    @Test
    void doesNotNameARemovedAddress() {
        Database.asOwner("insert into " + provisioningFixture.billingFixture.tenant.schema()
                + ".service_address (service_id, address, position) values ('" + service + "', '203.0.113.254', 9)");
        assertThat(asked("203.0.113.254", NAME)).isEqualTo(Outcome.REQUESTED);
        here.work();
        assertThat(here.provider.asked()).isEmpty();
        assertThat(provisioningFixture.timeline(service)).endsWith("address_failed");
        assertThat(lines()).extracting(Line::address).contains(address);
    }

    @Test
    void hidesForeignServers() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        assertThatThrownBy(() -> Database.in(provisioningFixture.billingFixture.tenant, () -> {
                    try (var actorScope = Actors.enter(stranger)) {
                        return here.names.name(service, address, NAME);
                    }
                }))
                .isInstanceOf(NotFoundException.class);
        assertThat(lines()).containsExactly(new Line(address, "", Optional.empty()));
    }

    private List<Line> lines() {
        var now = here.summary(service);
        return provisioningFixture.billingFixture.in(() -> here.names.of(now));
    }

    private void want(String hostname) {
        assertThat(asked(address, hostname)).isEqualTo(Outcome.REQUESTED);
    }

    private Outcome asked(String which, String hostname) {
        return provisioningFixture.billingFixture.in(() -> here.names.name(service, which, hostname));
    }
}
