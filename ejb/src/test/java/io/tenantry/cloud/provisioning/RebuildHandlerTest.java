package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provisioning.Rebuilds.Outcome;
import io.tenantry.cloud.provisioning.ScriptedProvider.ScriptedOutcome;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Impersonation;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.RetryOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
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
    private static ServerOperationFixture operationFixture;
    private static ProvisioningFixture provisioningFixture;
    private UUID service;

    @BeforeAll
    static void open() {
        operationFixture = new ServerOperationFixture("second-start");
        provisioningFixture = operationFixture.provisioningFixture;
        provisioningFixture.pendingOperations.hear(event -> TOLD.add(event.serviceId()));
    }

    @BeforeEach
    void createServer() {
        provisioningFixture.workQueueFixture.clear();
        operationFixture.provider.clear();
        TOLD.clear();
        service = operationFixture.createServer(provisioningFixture.billingFixture.wallet("1"));
    }

    @AfterEach
    void chargesNothingExtra() {
        assertThat(operationFixture.balance(service)).isEqualTo(provisioningFixture.billingFixture.money("0.99"));
        assertThat(AuditorFixture.found(
                        provisioningFixture.billingFixture.tenant,
                        "pending-operation",
                        "reservation-of-service",
                        "period-of-service"))
                .isEmpty();
    }

    @Test
    void rebuildsWithTheConfigurationChosenInTheRequest() {
        var customer = UUID.fromString(provisioningFixture.column(service, "organization_id"));
        var key = operationFixture.orderFixture.key(customer, "Laptop", LINE);
        var script = operationFixture.orderFixture.script(customer, "#!/bin/sh\necho {{word}}");
        want(new LaunchConfig("Fancy", List.of(key.id()), Optional.of(script.id()), Map.of("word", "Hello")));
        provisioningFixture.billingFixture.in(() -> operationFixture.orderFixture.keys.delete(key.id()));
        provisioningFixture.billingFixture.in(() -> operationFixture.orderFixture.scripts.drop(script.id()));
        operationFixture.work(2);

        assertThat(operationFixture.provider.rebuilds()).singleElement().satisfies(serverSpec -> {
            assertThat(serverSpec.mark().serviceId()).isEqualTo(service);
            assertThat(serverSpec.image()).isEqualTo("fancy-12");
            assertThat(serverSpec.keys()).containsExactly(LINE);
            assertThat(serverSpec.script()).contains("#!/bin/sh\necho Hello");
        });
        assertThat(provisioningFixture.column(service, "provider_image || ' ' || coalesce(pending_operation, '-')"))
                .isEqualTo("fancy-12 -");
        assertThat(operationFixture.texts(
                        "select image || ' ' || key_names::text || ' ' || script_name from %s.service_launch_config"
                                + " where service_id = '" + service + "'"))
                .containsExactly("Fancy {Laptop} Script");
        assertThat(provisioningFixture.timeline(service)).endsWith("rebuild_wanted", "rebuilt");
        assertThat(operationFixture.texts("select id from %s.service_operation where service_id = '" + service + "'"))
                .as("answers may be passwords")
                .isEmpty();
        assertThat(TOLD).as("a new host key is announced").containsExactly(service);
    }

    @Test
    void reinstallsTheCurrentImageWithoutAChoice() {
        want(FANCY);
        operationFixture.work(2);
        want(LaunchConfig.USUAL);
        operationFixture.work(2);
        assertThat(operationFixture.provider.rebuilds())
                .extracting(serverSpec -> serverSpec.image())
                .containsExactly("fancy-12", "fancy-12");
        assertThat(operationFixture.texts(
                        "select image from %s.service_launch_config where service_id = '" + service + "'"))
                .containsExactly("Fancy");
    }

    @Test
    void refusesALockedServer() {
        provisioningFixture.billingFixture.in(() -> operationFixture.serviceSettings.lock(service, true));
        assertThatThrownBy(() -> request(FANCY, "web"))
                .isInstanceOf(DeletionLockedException.class)
                .hasMessageContaining("web is locked");
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");

        provisioningFixture.billingFixture.in(() -> operationFixture.serviceSettings.lock(service, false));
        assertThat(request(FANCY, "web")).isEqualTo(new Outcome.Wanted());
        operationFixture.work(2);
    }

    @Test
    void requiresThePermissionToDeleteServers() {
        var manager = operationFixture.member(service, "Max");
        Database.asOwner("update " + provisioningFixture.billingFixture.tenant.schema()
                + ".membership set role = 'vps_manager' where person_id = '" + manager.personId() + "'");
        assertThatThrownBy(() -> as(manager, () -> operationFixture.rebuilds.want(service, FANCY, "web")))
                .isInstanceOfSatisfying(
                        AccessDeniedException.class,
                        denied -> assertThat(denied.permission()).isEqualTo("vps_delete"));
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
    }

    @Test
    void refusesKeysAndScriptsWhileImpersonating() {
        var customer = UUID.fromString(provisioningFixture.column(service, "organization_id"));
        var impersonation = new Impersonation(
                UUID.randomUUID(), customer, "Kiosk", "Sam", "support", Instant.parse("2030-01-01T00:00:00Z"));
        var impersonator = Actor.impersonating(UUID.randomUUID(), impersonation);
        var withKey = new LaunchConfig("", List.of(UUID.randomUUID()), Optional.empty(), Map.of());
        var withScript = new LaunchConfig("", List.of(), Optional.of(UUID.randomUUID()), Map.of());
        for (var launchConfig : List.of(withKey, withScript)) {
            assertThatThrownBy(() -> resolved(impersonator, customer, launchConfig))
                    .isInstanceOf(AccessDeniedException.class);
        }
        assertThat(resolved(impersonator, customer, LaunchConfig.USUAL))
                .isInstanceOf(LaunchConfigs.Resolution.All.class);
    }

    private static LaunchConfigs.Resolution resolved(Actor actor, UUID customer, LaunchConfig launchConfig) {
        var order = new Order(customer, "web", provisioningFixture.plan, "fra", launchConfig);
        return as(
                actor,
                () -> operationFixture.rebuilds.launchConfigs.find(
                        order, new Plan.Size(1, 1, 10, 1), Optional.empty()));
    }

    private static <T> T as(Actor actor, Supplier<T> action) {
        return Database.in(provisioningFixture.billingFixture.tenant, () -> {
            try (var actorScope = Actors.enter(actor)) {
                return action.get();
            }
        });
    }

    @Test
    void refusesAnotherConfirmationName() {
        assertThat(request(FANCY, "wep")).isEqualTo(new Outcome.Unconfirmed());
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
    }

    @Test
    void refusesUnknownImagesKeysAndUnsupportedProviders() {
        assertThat(request(new LaunchConfig("Unheard of", List.of(), Optional.empty(), Map.of()), "web"))
                .isEqualTo(new Outcome.Refused(new ServiceOrders.Outcome.ImageNotFound()));
        assertThat(request(new LaunchConfig("", List.of(UUID.randomUUID()), Optional.empty(), Map.of()), "web"))
                .isEqualTo(new Outcome.Refused(new ServiceOrders.Outcome.SshKeyNotFound()));
        operationFixture.useTargets(new ProvisioningTargets(List.of(provisioningFixture.provider)));
        try {
            assertThat(request(FANCY, "web")).isEqualTo(new Outcome.Impossible());
        } finally {
            operationFixture.useTargets(new ProvisioningTargets(List.of(operationFixture.provider)));
        }
    }

    @Test
    void repeatsALostRequestOnlyAfterTheLongestDelay() {
        operationFixture.provider.nextOutcomes(ScriptedOutcome.LOST);
        want(FANCY);
        operationFixture.work(3);
        operationFixture.advance(ProviderCalls.DELAY_MAX.minusMinutes(1));
        operationFixture.work();
        assertThat(operationFixture.provider.rebuilds()).hasSize(1);
        assertThat(provisioningFixture.column(service, "pending_operation")).isEqualTo("REBUILD");
        operationFixture.advance(Duration.ofMinutes(2));
        operationFixture.work(2);
        assertThat(operationFixture.provider.rebuilds()).hasSize(2);
        assertThat(provisioningFixture.timeline(service)).endsWith("rebuild_wanted", "rebuilt");
    }

    @Test
    void continuesAfterTheWorkerDied() {
        operationFixture.provider.nextOutcomes(ScriptedOutcome.DEATH_BEFORE, ScriptedOutcome.DEATH_AFTER);
        want(FANCY);
        operationFixture.work(2);
        operationFixture.advance(ProviderCalls.DELAY_MAX.plusSeconds(1));
        operationFixture.work(2);
        operationFixture.advance(ProviderCalls.DELAY_MAX.plusSeconds(1));
        operationFixture.work(2);
        assertThat(provisioningFixture.column(service, "provider_image || coalesce(pending_operation, '-')"))
                .isEqualTo("fancy-12-");
    }

    @Test
    void changesNothingAfterARefusal() {
        operationFixture.provider.nextOutcomes(ScriptedOutcome.REFUSED);
        want(FANCY);
        operationFixture.work();
        assertThat(provisioningFixture.timeline(service)).endsWith("rebuild_failed");
        assertThat(provisioningFixture.column(service, "provider_image || coalesce(pending_operation, '-')"))
                .isEqualTo("plain-");
        assertThat(TOLD).isEmpty();
    }

    @Test
    void reportsAFailedTaskOrServer() {
        operationFixture.provider.setTaskProgress(Progress.failed("the disk"));
        want(FANCY);
        operationFixture.work(2);
        assertThat(provisioningFixture.timeline(service)).endsWith("rebuild_failed");

        operationFixture.provider.setTaskProgress(Progress.done());
        want(FANCY);
        operationFixture.work();
        provisioningFixture.provider.setServerStates(ProviderServer.State.FAILED);
        operationFixture.work();
        provisioningFixture.provider.setServerStates(ProviderServer.State.RUNNING);
        assertThat(provisioningFixture.timeline(service)).endsWith("rebuild_wanted", "rebuild_failed");
    }

    @Test
    void parksAnOperationThatTakesTooLong() {
        operationFixture.provider.setTaskProgress(Progress.running(10));
        want(FANCY);
        operationFixture.work(2);
        operationFixture.advance(RebuildHandler.PATIENCE.plusSeconds(1));
        operationFixture.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
        assertThat(provisioningFixture.billingFixture.<Boolean>in(
                        () -> provisioningFixture.serviceReview().giveUp(service, "looked there")))
                .isTrue();
        assertThat(provisioningFixture.timeline(service)).endsWith("rebuild_failed");
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
    }

    @Test
    void countsTheWaitingTimeFromTheFirstRequest() {
        operationFixture.provider.setTaskProgress(Progress.running(10));
        want(FANCY);
        operationFixture.advance(RebuildHandler.PATIENCE.plusSeconds(1));
        operationFixture.work(2);
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .doesNotContain("PARKED");
        operationFixture.advance(RebuildHandler.PATIENCE.plusSeconds(1));
        operationFixture.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
    }

    @Test
    void repeatsAnUnansweredRequestOnRetry() {
        operationFixture.provider.nextOutcomes(ScriptedOutcome.SILENT);
        want(FANCY);
        operationFixture.work();
        operationFixture.advance(RebuildHandler.PATIENCE.plusSeconds(1));
        operationFixture.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
        assertThat(operationFixture.provider.requests()).hasSize(1);

        assertThat(provisioningFixture.billingFixture.<RetryOutcome>in(
                        () -> provisioningFixture.serviceReview().retry(service, "it runs as before")))
                .isEqualTo(new RetryOutcome.Retried());
        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).hasSize(2);
        assertThat(provisioningFixture.timeline(service)).endsWith("looked_again", "rebuilt");
    }

    @Test
    void doesNotEraseAReusedServerId() {
        provisioningFixture.provider.assignServerId(
                provisioningFixture.column(service, "provider_ref"), UUID.randomUUID());
        want(FANCY);
        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).isEmpty();
        assertThat(provisioningFixture.timeline(service)).endsWith("rebuild_wanted", "rebuild_failed");
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
    }

    @Test
    void doesNotEraseAReusedServerIdAfterALostResponse() {
        operationFixture.provider.nextOutcomes(ScriptedOutcome.SILENT);
        want(FANCY);
        operationFixture.work();
        provisioningFixture.provider.assignServerId(
                provisioningFixture.column(service, "provider_ref"), UUID.randomUUID());
        operationFixture.advance(ProviderCalls.DELAY_MAX.plusMinutes(1));
        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).hasSize(1);
        assertThat(operationFixture.provider.rebuilds()).isEmpty();
    }

    @Test
    void notifiesMembersOfTheRequester() {
        var olga = operationFixture.member(service, "Olga");
        Database.in(provisioningFixture.billingFixture.tenant, () -> {
            try (var actorScope = Actors.enter(olga)) {
                return operationFixture.rebuilds.want(service, FANCY, "web");
            }
        });
        operationFixture.work(2);
        assertThat(operationFixture.notificationsOf(olga)).containsExactly("SERVICE_REBUILT web Olga");
    }

    @Test
    void refusesAnotherOperationWhileOneIsPending() {
        want(FANCY);
        assertThat(request(FANCY, "web")).isEqualTo(new Outcome.Busy("rebuild"));
        assertThat(provisioningFixture.billingFixture.<Resizes.Outcome>in(
                        () -> operationFixture.resizes.want(service, provisioningFixture.plan)))
                .isEqualTo(new Resizes.Outcome.Busy("rebuild"));
    }

    @Test
    void hidesForeignServers() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        assertThatThrownBy(() -> Database.in(provisioningFixture.billingFixture.tenant, () -> {
                    try (var actorScope = Actors.enter(stranger)) {
                        return operationFixture.rebuilds.want(service, FANCY, "web");
                    }
                }))
                .isInstanceOf(NotFoundException.class);
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
    }

    @Test
    void listsTheCurrentImageFirst() {
        want(new LaunchConfig("Plain 2", List.of(), Optional.empty(), Map.of()));
        operationFixture.work(2);
        var now = operationFixture.summary(service);
        assertThat(provisioningFixture
                        .billingFixture
                        .<Optional<Images.Offered>>in(() -> operationFixture.rebuilds.offered(now))
                        .orElseThrow()
                        .systems())
                .extracting(Images.Choice::name)
                .startsWith("Plain 2")
                .doesNotContain("Vast");
    }

    private void want(LaunchConfig launchConfig) {
        assertThat(request(launchConfig, "web")).isEqualTo(new Outcome.Wanted());
    }

    private Outcome request(LaunchConfig launchConfig, String typed) {
        return provisioningFixture.billingFixture.in(
                () -> operationFixture.rebuilds.want(service, launchConfig, typed));
    }
}
