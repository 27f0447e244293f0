package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.admin.auditor.Violation;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provisioning.Rebuilds.Outcome;
import io.tenantry.cloud.provisioning.ScriptedProvider.ScriptedOutcome;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.RetryOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests to rebuild a server, until their outcome. */
class RebuildHandlerTest {
    private static final String LINE =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    private static final LaunchConfig FANCY = new LaunchConfig("Fancy", List.of(), Optional.empty(), Map.of());

    private static final List<UUID> TOLD = new ArrayList<>();
    private static ServerOperationFixture here;
    private static ProvisioningFixture provisioningFixture;
    private UUID service;

    @BeforeAll
    static void open() {
        here = new ServerOperationFixture("beginning-anew");
        provisioningFixture = here.provisioningFixture;
        provisioningFixture.pendingOperations.hear(event -> TOLD.add(event.serviceId()));
    }

    @BeforeEach
    void up() {
        provisioningFixture.workQueueFixture.clear();
        here.provider.clear();
        TOLD.clear();
        service = here.up(provisioningFixture.billingFixture.wallet("1"));
    }

    @AfterEach
    void nothingIsPaidForIt() {
        assertThat(here.balance(service)).isEqualTo(provisioningFixture.billingFixture.money("0.99"));
        assertThat(AuditorFixture.found(provisioningFixture.billingFixture.tenant))
                .extracting(Violation::invariant)
                .doesNotContain("pending-operation", "reservation-of-service", "period-of-service");
    }

    @Test
    void rebuildsWithTheConfigurationChosenInTheRequest() {
        var customer = UUID.fromString(provisioningFixture.column(service, "organization_id"));
        var key = here.orderFixture.key(customer, "Laptop", LINE);
        var script = here.orderFixture.script(customer, "#!/bin/sh\necho {{word}}");
        want(new LaunchConfig("Fancy", List.of(key.id()), Optional.of(script.id()), Map.of("word", "Hello")));
        provisioningFixture.billingFixture.in(() -> here.orderFixture.keys.delete(key.id()));
        provisioningFixture.billingFixture.in(() -> here.orderFixture.scripts.drop(script.id()));
        here.work(2);

        assertThat(here.provider.reencrypted()).singleElement().satisfies(serverSpec -> {
            assertThat(serverSpec.mark().serviceId()).isEqualTo(service);
            assertThat(serverSpec.image()).isEqualTo("fancy-12");
            assertThat(serverSpec.keys()).containsExactly(LINE);
            assertThat(serverSpec.script()).contains("#!/bin/sh\necho Hello");
        });
        assertThat(provisioningFixture.column(service, "provider_image || ' ' || coalesce(pending_operation, '-')"))
                .isEqualTo("fancy-12 -");
        assertThat(here.texts(
                        "select image || ' ' || key_names::text || ' ' || script_name from %s.service_launch_config"
                                + " where service_id = '" + service + "'"))
                .containsExactly("Fancy {Laptop} Script");
        assertThat(provisioningFixture.timeline(service)).endsWith("rebuild_wanted", "rebuilt");
        assertThat(here.texts("select id from %s.service_operation where service_id = '" + service + "'"))
                .as("what was filled in may be a password")
                .isEmpty();
        assertThat(TOLD).as("that its host key is another").containsExactly(service);
    }

    @Test
    void reinstallsTheCurrentImageWithoutAChoice() {
        want(FANCY);
        here.work(2);
        want(LaunchConfig.USUAL);
        here.work(2);
        assertThat(here.provider.reencrypted())
                .extracting(serverSpec -> serverSpec.image())
                .containsExactly("fancy-12", "fancy-12");
        assertThat(here.texts("select image from %s.service_launch_config where service_id = '" + service + "'"))
                .containsExactly("Fancy");
    }

    @Test
    void refusesAnotherConfirmationName() {
        assertThat(asked(FANCY, "wep")).isEqualTo(new Outcome.Unconfirmed());
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
    }

    @Test
    void refusesUnknownImagesKeysAndUnsupportedProviders() {
        assertThat(asked(new LaunchConfig("Unheard of", List.of(), Optional.empty(), Map.of()), "web"))
                .isEqualTo(new Outcome.Refused(new ServiceOrders.Outcome.ImageNotFound()));
        assertThat(asked(new LaunchConfig("", List.of(UUID.randomUUID()), Optional.empty(), Map.of()), "web"))
                .isEqualTo(new Outcome.Refused(new ServiceOrders.Outcome.SshKeyNotFound()));
        here.offer(new ProvisioningTargets(List.of(provisioningFixture.provider)));
        try {
            assertThat(asked(FANCY, "web")).isEqualTo(new Outcome.Impossible());
        } finally {
            here.offer(new ProvisioningTargets(List.of(here.provider)));
        }
    }

    @Test
    void repeatsALostRequestOnlyAfterTheLongestDelay() {
        here.provider.fates(ScriptedOutcome.LOST);
        want(FANCY);
        here.work(3);
        here.pass(ProviderCalls.DELAY_MAX.minusMinutes(1));
        here.work();
        assertThat(here.provider.reencrypted()).hasSize(1);
        assertThat(provisioningFixture.column(service, "pending_operation")).isEqualTo("REBUILD");
        here.pass(Duration.ofMinutes(2));
        here.work(2);
        assertThat(here.provider.reencrypted()).hasSize(2);
        assertThat(provisioningFixture.timeline(service)).endsWith("rebuild_wanted", "rebuilt");
    }

    @Test
    void continuesAfterTheWorkerDied() {
        here.provider.fates(ScriptedOutcome.DEATH_BEFORE, ScriptedOutcome.DEATH_AFTER);
        want(FANCY);
        here.work(2);
        here.pass(ProviderCalls.DELAY_MAX.plusSeconds(1));
        here.work(2);
        here.pass(ProviderCalls.DELAY_MAX.plusSeconds(1));
        here.work(2);
        assertThat(provisioningFixture.column(service, "provider_image || coalesce(pending_operation, '-')"))
                .isEqualTo("fancy-12-");
    }

    @Test
    void changesNothingAfterARefusal() {
        here.provider.fates(ScriptedOutcome.REFUSED);
        want(FANCY);
        here.work();
        assertThat(provisioningFixture.timeline(service)).endsWith("rebuild_failed");
        assertThat(provisioningFixture.column(service, "provider_image || coalesce(pending_operation, '-')"))
                .isEqualTo("plain-");
        assertThat(TOLD).isEmpty();
    }

    @Test
    void reportsAFailedTaskOrServer() {
        here.provider.stands(Progress.failed("the disk"));
        want(FANCY);
        here.work(2);
        assertThat(provisioningFixture.timeline(service)).endsWith("rebuild_failed");

        here.provider.stands(Progress.done());
        want(FANCY);
        here.work();
        provisioningFixture.provider.all(ProviderServer.State.FAILED);
        here.work();
        provisioningFixture.provider.all(ProviderServer.State.RUNNING);
        assertThat(provisioningFixture.timeline(service)).endsWith("rebuild_wanted", "rebuild_failed");
    }

    @Test
    void parksAnOperationThatTakesTooLong() {
        here.provider.stands(Progress.running(10));
        want(FANCY);
        here.work(2);
        here.pass(RebuildHandler.PATIENCE.plusSeconds(1));
        here.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
        assertThat(provisioningFixture.billingFixture.<Boolean>in(
                        () -> provisioningFixture.decisions().giveUp(service, "looked there")))
                .isTrue();
        assertThat(provisioningFixture.timeline(service)).endsWith("rebuild_failed");
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
    }

    @Test
    void countsTheWaitingTimeFromTheFirstRequest() {
        here.provider.stands(Progress.running(10));
        want(FANCY);
        here.pass(RebuildHandler.PATIENCE.plusSeconds(1));
        here.work(2);
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .doesNotContain("PARKED");
        here.pass(RebuildHandler.PATIENCE.plusSeconds(1));
        here.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
    }

    @Test
    void repeatsAnUnansweredRequestOnRetry() {
        here.provider.fates(ScriptedOutcome.SILENT);
        want(FANCY);
        here.work();
        here.pass(RebuildHandler.PATIENCE.plusSeconds(1));
        here.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
        assertThat(here.provider.asked()).hasSize(1);

        assertThat(provisioningFixture.billingFixture.<RetryOutcome>in(
                        () -> provisioningFixture.decisions().retry(service, "it runs as before")))
                .isEqualTo(new RetryOutcome.Retried());
        here.work(2);
        assertThat(here.provider.asked()).hasSize(2);
        assertThat(provisioningFixture.timeline(service)).endsWith("looked_again", "rebuilt");
    }

    @Test
    void doesNotEraseAReusedServerId() {
        provisioningFixture.provider.gives(provisioningFixture.column(service, "provider_ref"), UUID.randomUUID());
        want(FANCY);
        here.work(2);
        assertThat(here.provider.asked()).isEmpty();
        assertThat(provisioningFixture.timeline(service)).endsWith("rebuild_wanted", "rebuild_failed");
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
    }

    @Test
    void doesNotEraseAReusedServerIdAfterALostResponse() {
        here.provider.fates(ScriptedOutcome.SILENT);
        want(FANCY);
        here.work();
        provisioningFixture.provider.gives(provisioningFixture.column(service, "provider_ref"), UUID.randomUUID());
        here.pass(ProviderCalls.DELAY_MAX.plusMinutes(1));
        here.work(2);
        assertThat(here.provider.asked()).hasSize(1);
        assertThat(here.provider.reencrypted()).isEmpty();
    }

    @Test
    void notifiesMembersOfTheRequester() {
        var olga = here.member(service, "Olga");
        Database.in(provisioningFixture.billingFixture.tenant, () -> {
            try (var actorScope = Actors.enter(olga)) {
                return here.rebuilds.want(service, FANCY, "web");
            }
        });
        here.work(2);
        assertThat(here.told(olga)).containsExactly("SERVICE_REBUILT web Olga");
    }

    @Test
    void refusesAnotherOperationWhileOneIsPending() {
        want(FANCY);
        assertThat(asked(FANCY, "web")).isEqualTo(new Outcome.Busy("rebuild"));
        assertThat(provisioningFixture.billingFixture.<Resizes.Outcome>in(
                        () -> here.resizes.want(service, provisioningFixture.plan)))
                .isEqualTo(new Resizes.Outcome.Busy("rebuild"));
    }

    @Test
    void hidesForeignServers() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        assertThatThrownBy(() -> Database.in(provisioningFixture.billingFixture.tenant, () -> {
                    try (var actorScope = Actors.enter(stranger)) {
                        return here.rebuilds.want(service, FANCY, "web");
                    }
                }))
                .isInstanceOf(NotFoundException.class);
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
    }

    @Test
    void listsTheCurrentImageFirst() {
        want(new LaunchConfig("Plain 2", List.of(), Optional.empty(), Map.of()));
        here.work(2);
        var now = here.summary(service);
        assertThat(provisioningFixture
                        .billingFixture
                        .<Optional<Images.Offered>>in(() -> here.rebuilds.offered(now))
                        .orElseThrow()
                        .systems())
                .extracting(Images.Choice::name)
                .startsWith("Plain 2")
                .doesNotContain("Vast");
    }

    private void want(LaunchConfig launchConfig) {
        assertThat(asked(launchConfig, "web")).isEqualTo(new Outcome.Wanted());
    }

    private Outcome asked(LaunchConfig launchConfig, String typed) {
        return provisioningFixture.billingFixture.in(() -> here.rebuilds.want(service, launchConfig, typed));
    }
}
