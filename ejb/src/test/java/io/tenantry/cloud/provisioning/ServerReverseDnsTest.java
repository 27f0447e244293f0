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

    private static ServerOperationFixture operationFixture;
    private static ProvisioningFixture provisioningFixture;
    private UUID service;
    private String address = "";

    @BeforeAll
    static void open() {
        operationFixture = new ServerOperationFixture("naming");
        provisioningFixture = operationFixture.provisioningFixture;
    }

    @BeforeEach
    void createServer() {
        provisioningFixture.workQueueFixture.clear();
        operationFixture.provider.clear();
        service = operationFixture.createServer(provisioningFixture.billingFixture.wallet("1"));
        address = provisioningFixture.column(service, "address");
    }

    @Test
    void setsAndResetsAName() {
        want("Mail.Kiosk.example. ");
        assertThat(lines()).containsExactly(new Line(address, "", Optional.of(NAME)));
        operationFixture.work();
        assertThat(operationFixture.provider.name(address)).isEqualTo(NAME);
        assertThat(lines()).containsExactly(new Line(address, NAME, Optional.empty()));
        assertThat(request(address, NAME)).isEqualTo(Outcome.UNCHANGED);

        want("");
        operationFixture.work();
        assertThat(operationFixture.provider.name(address)).isEmpty();
        assertThat(lines()).containsExactly(new Line(address, "", Optional.empty()));
        assertThat(provisioningFixture.timeline(service)).endsWith("address_named", "address_named");
    }

    @Test
    void appliesTheLastOfTwoNames() {
        want("first.example.com");
        want("second.example.com");
        operationFixture.work(2);
        assertThat(operationFixture.provider.name(address)).isEqualTo("second.example.com");
        assertThat(lines()).containsExactly(new Line(address, "second.example.com", Optional.empty()));
    }

    @Test
    void waitsForARequestInProgress() {
        operationFixture.provider.nextOutcomes(ScriptedOutcome.DEATH_BEFORE);
        want("first.example.com");
        operationFixture.work();
        want("second.example.com");
        operationFixture.work();
        assertThat(operationFixture.provider.requests()).hasSize(1);
        operationFixture.advance(ReverseDnsTransactions.ASKING_MAX.plusSeconds(1));
        operationFixture.work();
        assertThat(operationFixture.provider.name(address)).isEqualTo("second.example.com");
    }

    @Test
    void repeatsALostRequest() {
        operationFixture.provider.nextOutcomes(ScriptedOutcome.LOST, ScriptedOutcome.AWAY);
        want(NAME);
        operationFixture.work(3);
        assertThat(operationFixture.provider.requests()).hasSize(3);
        assertThat(lines()).containsExactly(new Line(address, NAME, Optional.empty()));
    }

    @Test
    void keepsTheNameAfterARefusal() {
        operationFixture.provider.nextOutcomes(ScriptedOutcome.REFUSED);
        want(NAME);
        operationFixture.work();
        assertThat(lines()).containsExactly(new Line(address, "", Optional.empty()));
        assertThat(provisioningFixture.timeline(service)).endsWith("address_failed");
        assertThat(operationFixture.callOutcomes(service, "NAME")).containsExactly("REFUSED: INVALID: not that");
    }

    @Test
    void refusesInvalidNamesForeignAddressesAndUnsupportedProviders() {
        assertThat(request(address, "not a name")).isEqualTo(Outcome.INVALID);
        assertThat(request("198.51.100.7", NAME)).isEqualTo(Outcome.NO_ADDRESS);
        operationFixture.useTargets(new ProvisioningTargets(List.of(provisioningFixture.provider)));
        try {
            assertThat(request(address, NAME)).isEqualTo(Outcome.UNSUPPORTED);
        } finally {
            operationFixture.useTargets(new ProvisioningTargets(List.of(operationFixture.provider)));
        }
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "kind"))
                .doesNotContain(ReverseDnsHandler.KIND);
    }

    @Test
    void doesNotNameAddressesOfAReusedServerId() {
        provisioningFixture.provider.assignServerId(
                provisioningFixture.column(service, "provider_ref"), UUID.randomUUID());
        want(NAME);
        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).isEmpty();
        assertThat(lines()).containsExactly(new Line(address, "", Optional.empty()));
        assertThat(provisioningFixture.timeline(service)).endsWith("address_failed");
    }

    @Test
    void doesNotNameAddressesOfATerminatedService() {
        want(NAME);
        provisioningFixture.terminate(service);
        operationFixture.work();
        assertThat(operationFixture.provider.requests()).isEmpty();
        assertThat(operationFixture.texts(
                        "select coalesce(pending_hostname, '-') from %s.service_address where service_id = '" + service
                                + "'"))
                .containsExactly("-");
    }

    @Test
    void doesNotNameARemovedAddress() {
        Database.asOwner("insert into " + provisioningFixture.billingFixture.tenant.schema()
                + ".service_address (service_id, address, position) values ('" + service + "', '203.0.113.254', 9)");
        assertThat(request("203.0.113.254", NAME)).isEqualTo(Outcome.REQUESTED);
        operationFixture.work();
        assertThat(operationFixture.provider.requests()).isEmpty();
        assertThat(provisioningFixture.timeline(service)).endsWith("address_failed");
        assertThat(lines()).extracting(Line::address).contains(address);
    }

    @Test
    void hidesForeignServers() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        assertThatThrownBy(() -> Database.in(provisioningFixture.billingFixture.tenant, () -> {
                    try (var actorScope = Actors.enter(stranger)) {
                        return operationFixture.names.name(service, address, NAME);
                    }
                }))
                .isInstanceOf(NotFoundException.class);
        assertThat(lines()).containsExactly(new Line(address, "", Optional.empty()));
    }

    private List<Line> lines() {
        var now = operationFixture.summary(service);
        return provisioningFixture.billingFixture.in(() -> operationFixture.names.of(now));
    }

    private void want(String hostname) {
        assertThat(request(address, hostname)).isEqualTo(Outcome.REQUESTED);
    }

    private Outcome request(String which, String hostname) {
        return provisioningFixture.billingFixture.in(() -> operationFixture.names.name(service, which, hostname));
    }
}
