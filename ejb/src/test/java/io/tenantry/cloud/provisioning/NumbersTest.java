package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provisioning.ScriptedProvider.ScriptedOutcome;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Providers may reassign the number of a deleted server: callers that look up a server by number verify its mark. */
class NumbersTest {
    private static ProvisioningFixture provisioningFixture;
    private UUID service = new UUID(0, 0);
    private UUID another = new UUID(0, 0);
    private String number = "";

    @BeforeAll
    static void open() {
        provisioningFixture = new ProvisioningFixture("numbers");
    }

    @BeforeEach
    void createServer() {
        another = UUID.randomUUID();
        provisioningFixture.workQueueFixture.clear();
        service = provisioningFixture.order(provisioningFixture.billingFixture.wallet("1"));
        provisioningFixture.completeOrders();
        number = provisioningFixture.provider.serversOf(service).get(0).id();
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(provisioningFixture.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(provisioningFixture.billingFixture.tenant, "reservation"))
                .isEmpty();
    }

    @Test
    void doesNotDeleteAServerWithAReusedId() {
        provisioningFixture.terminate(service);
        provisioningFixture.work();
        provisioningFixture.provider.completeDeletions();
        provisioningFixture.provider.assignServerId(number, another);
        provisioningFixture.work();
        provisioningFixture.advance(ProviderCalls.GRACE.plusSeconds(1));
        provisioningFixture.work();

        assertThat(provisioningFixture.state(service)).isEqualTo("TERMINATED");
        assertThat(provisioningFixture.provider.serversOf(another))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.RUNNING);
    }

    @Test
    void doesNotSwitchAServerWithAReusedId() {
        provisioningFixture.provider.assignServerId(number, another);
        assertThat(provisioningFixture.billingFixture.<ServerPower.Outcome>in(
                        () -> provisioningFixture.serverPower().want(service, PendingPowerAction.STOP)))
                .isEqualTo(new ServerPower.Outcome.Wanted());
        provisioningFixture.work();

        assertThat(provisioningFixture.provider.serversOf(another))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.RUNNING);
        assertThat(provisioningFixture.timeline(service)).endsWith("power_stop", "power_failed");
    }

    @Test
    void doesNotActivateAServiceWithAForeignServer() {
        var other = provisioningFixture.order(provisioningFixture.billingFixture.wallet("1"));
        provisioningFixture.work();
        provisioningFixture.provider.assignServerId(
                provisioningFixture.provider.serversOf(other).get(0).id(), another);
        provisioningFixture.work();

        assertThat(provisioningFixture.state(other)).isEqualTo("PROVISIONING");
        assertThat(provisioningFixture.reservationState(other)).isEqualTo("RESERVED");
    }

    @Test
    void acceptsAReusedIdForANewService() {
        provisioningFixture.terminate(service);
        provisioningFixture.work();
        provisioningFixture.provider.completeDeletions();
        provisioningFixture.provider.nextCreations(ScriptedOutcome.DEATH_BEFORE);
        var next = provisioningFixture.order(provisioningFixture.billingFixture.wallet("1"));
        provisioningFixture.work();
        provisioningFixture.provider.assignServerId(number, next);
        provisioningFixture.work(2);

        assertThat(provisioningFixture.state(next)).isEqualTo("ACTIVE");
        assertThat(provisioningFixture.column(next, "provider_ref")).isEqualTo(number);
        provisioningFixture.advance(ProviderCalls.GRACE.plusSeconds(1));
        provisioningFixture.work(2);
        assertThat(provisioningFixture.state(service)).isEqualTo("TERMINATED");
        assertThat(provisioningFixture.provider.serversOf(next))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.RUNNING);
    }
}
