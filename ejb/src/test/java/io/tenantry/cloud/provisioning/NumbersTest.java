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
    void up() {
        another = UUID.randomUUID();
        provisioningFixture.workQueueFixture.clear();
        service = provisioningFixture.order(provisioningFixture.billingFixture.wallet("1"));
        provisioningFixture.settle();
        number = provisioningFixture.provider.of(service).get(0).id();
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(provisioningFixture.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(provisioningFixture.billingFixture.tenant))
                .noneMatch(found -> found.invariant().startsWith("hold"));
    }

    @Test
    void doesNotDeleteAServerWithAReusedId() {
        provisioningFixture.end(service);
        provisioningFixture.work();
        provisioningFixture.provider.vanish();
        provisioningFixture.provider.gives(number, another);
        provisioningFixture.work();
        provisioningFixture.pass(ProviderCalls.GRACE.plusSeconds(1));
        provisioningFixture.work();

        assertThat(provisioningFixture.state(service)).isEqualTo("TERMINATED");
        assertThat(provisioningFixture.provider.of(another))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.RUNNING);
    }

    @Test
    void doesNotSwitchAServerWithAReusedId() {
        provisioningFixture.provider.gives(number, another);
        assertThat(provisioningFixture.billingFixture.<ServerPower.Outcome>in(
                        () -> provisioningFixture.powers().want(service, PendingPowerAction.STOP)))
                .isEqualTo(new ServerPower.Outcome.Wanted());
        provisioningFixture.work();

        assertThat(provisioningFixture.provider.of(another))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.RUNNING);
        assertThat(provisioningFixture.timeline(service)).endsWith("power_stop", "power_failed");
    }

    @Test
    void doesNotActivateAServiceWithAForeignServer() {
        var other = provisioningFixture.order(provisioningFixture.billingFixture.wallet("1"));
        provisioningFixture.work();
        provisioningFixture.provider.gives(
                provisioningFixture.provider.of(other).get(0).id(), another);
        provisioningFixture.work();

        assertThat(provisioningFixture.state(other)).isEqualTo("PROVISIONING");
        assertThat(provisioningFixture.hold(other)).isEqualTo("RESERVED");
    }

    @Test
    void acceptsAReusedIdForANewService() {
        provisioningFixture.end(service);
        provisioningFixture.work();
        provisioningFixture.provider.vanish();
        provisioningFixture.provider.creations(ScriptedOutcome.DEATH_BEFORE);
        var next = provisioningFixture.order(provisioningFixture.billingFixture.wallet("1"));
        provisioningFixture.work();
        provisioningFixture.provider.gives(number, next);
        provisioningFixture.work(2);

        assertThat(provisioningFixture.state(next)).isEqualTo("ACTIVE");
        assertThat(provisioningFixture.column(next, "provider_ref")).isEqualTo(number);
        provisioningFixture.pass(ProviderCalls.GRACE.plusSeconds(1));
        provisioningFixture.work(2);
        assertThat(provisioningFixture.state(service)).isEqualTo("TERMINATED");
        assertThat(provisioningFixture.provider.of(next))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.RUNNING);
    }
}
