package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.catalog.pricing.PriceFixture;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.cloud.addon.ScriptedAddonProvider.ScriptedOutcome;
import io.tenantry.cloud.provider.Progress;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Volumes from order to end, regardless of lost responses: ten gibibytes cost a cent an hour. */
class VolumesTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant MINUTE = AddonFixture.NOON.plusSeconds(60);

    private static AddonFixture addonFixture;

    @BeforeAll
    static void open() {
        addonFixture = new AddonFixture("shed");
        addonFixture.publish("0.73", "3.65");
    }

    @BeforeEach
    void begin() {
        addonFixture.provider.setSlow(false);
        addonFixture.provider.setTaskProgress(Progress.done());
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void chargesFromTheCreationAndAttachesToTheServer() {
        var server = addonFixture.server("10");
        addonFixture.provider.setSlow(true);
        var id = AddonFixture.idOf(addonFixture.orderVolume(server, 10));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RESERVED");
        assertThat(addonFixture.charged(id, server.wallet())).isEqualTo(addonFixture.billingFixture.money("0"));

        addonFixture.provider.completePending();
        addonFixture.work(3);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(addonFixture.reservationStates(id)).containsExactly("CAPTURED");
        assertThat(addonFixture.charged(id, server.wallet())).isEqualTo(addonFixture.billingFixture.money("0.01"));
        assertThat(addonFixture.column(id, "attached")).isEqualTo("true");
        assertThat(addonFixture.provider.volumesOf(id)).singleElement().satisfies(disk -> {
            assertThat(disk.sizeGib()).isEqualTo(10);
            assertThat(disk.serverId()).isPresent();
        });
        assertThat(addonFixture.timeline(server))
                .containsExactly("volume_ordered", "volume_created", "volume_attached");
    }

    @Test
    void countsAttachedAddonsAndTheirHourlyCost() {
        var server = addonFixture.server("10");
        assertThat(attachedAddons(server)).isEmpty();
        AddonFixture.idOf(addonFixture.orderVolume(server, 10));
        addonFixture.work(4);
        var second = AddonFixture.idOf(addonFixture.orderVolume(server, 20));
        addonFixture.work(4);
        assertThat(attachedAddons(server)).hasValueSatisfying(all -> {
            assertThat(all.options()).isEqualTo(2);
            assertThat(all.hourly()).isEqualTo(addonFixture.billingFixture.money("0.03"));
            assertThat(all.monthly()).isEqualTo(addonFixture.billingFixture.money("21.9"));
        });

        addonFixture.billingFixture.in(() -> addonFixture.volumes.detach(second));
        addonFixture.work(4);
        assertThat(attachedAddons(server)).hasValueSatisfying(all -> {
            assertThat(all.options()).isEqualTo(1);
            assertThat(all.hourly()).isEqualTo(addonFixture.billingFixture.money("0.01"));
        });
    }

    private static Optional<AddonQuery.AdditionalAddresses> attachedAddons(Rented server) {
        return addonFixture.billingFixture.in(() -> addonFixture.list.additionalAddresses(server.service()));
    }

    @Test
    void createsOneVolumeForARepeatedRequest() {
        var server = addonFixture.server("10");
        var requestId = UUID.randomUUID();
        assertThat(addonFixture.orderVolume(requestId, server, 10))
                .isEqualTo(addonFixture.orderVolume(requestId, server, 10));
        addonFixture.work(4);
        assertThat(addonFixture.provider.volumesOf(requestId)).hasSize(1);
        assertThat(addonFixture.reservationStates(requestId)).containsExactly("CAPTURED");
        assertThat(addonFixture.charged(requestId, server.wallet()))
                .isEqualTo(addonFixture.billingFixture.money("0.01"));
    }

    @Test
    void reservesTheConfiguredNumberOfFirstHours() {
        var server = addonFixture.server("0.035");
        setReservedHours(24);
        try {
            assertThat(addonFixture.orderVolume(server, 10))
                    .isEqualTo(new AddonOutcome.InsufficientFunds(addonFixture.billingFixture.money("0.225")));
            setReservedHours(1);
            assertThat(addonFixture.orderVolume(server, 10)).isInstanceOf(AddonOutcome.Done.class);
        } finally {
            setReservedHours(2);
        }
    }

    private static void setReservedHours(int hours) {
        addonFixture.billingFixture.in(
                () -> addonFixture.billingFixture.sql.update("update order_policy set reserved_hours = ?", hours));
    }

    @Test
    void refusesAnOrderWithInsufficientFundsWithoutAProviderCall() {
        var server = addonFixture.server("0.025");
        var before = addonFixture.provider.requests().size();
        var outcome = addonFixture.orderVolume(server, 10);
        assertThat(outcome).isEqualTo(new AddonOutcome.InsufficientFunds(addonFixture.billingFixture.money("0.015")));
        addonFixture.work();
        assertThat(addonFixture.provider.requests()).hasSize(before);
        assertThat(addonFixture.timeline(server)).isEmpty();
    }

    @Test
    void refusesAnOrderAtAnotherPrice() {
        var server = addonFixture.server("10");
        var outcome = addonFixture.billingFixture.in(
                () -> addonFixture.volumes.create(UUID.randomUUID(), server.service(), "data", 10, UUID.randomUUID()));
        assertThat(outcome).isEqualTo(new AddonOutcome.PriceChanged());
    }

    @Test
    void refusesInvalidNamesAndSizes() {
        var server = addonFixture.server("10");
        assertThat(addonFixture.orderVolume(server, 9)).isEqualTo(new AddonOutcome.BadSize(10, 10_000));
        assertThat(addonFixture.billingFixture.in(() ->
                        addonFixture.volumes.create(UUID.randomUUID(), server.service(), "<b>", 10, UUID.randomUUID())))
                .isEqualTo(new AddonOutcome.BadName());
    }

    @Test
    void findsTheVolumeOfALostResponseByItsResourceTag() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.LOST);
        var id = AddonFixture.idOf(addonFixture.orderVolume(server, 10));
        addonFixture.work(4);
        assertThat(addonFixture.provider.volumesOf(id)).hasSize(1);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(addonFixture.charged(id, server.wallet())).isEqualTo(addonFixture.billingFixture.money("0.01"));
    }

    @Test
    void findsTheVolumeOfADeadWorkerByItsResourceTag() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.DEATH_AFTER);
        var id = AddonFixture.idOf(addonFixture.orderVolume(server, 10));
        addonFixture.work(5);
        assertThat(addonFixture.provider.volumesOf(id)).hasSize(1);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void repeatsASilentRequestAfterTheWaitingTime() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.SILENT);
        var id = AddonFixture.idOf(addonFixture.orderVolume(server, 10));
        var before = addonFixture.provider.requests().size();
        addonFixture.work(3);
        assertThat(addonFixture.provider.requests()).hasSize(before + 1);

        addonFixture.advance(Duration.ofMinutes(11));
        addonFixture.work(4);
        assertThat(addonFixture.provider.volumesOf(id)).hasSize(1);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void chargesNothingForARefusedOrder() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.REFUSED);
        var id = AddonFixture.idOf(addonFixture.orderVolume(server, 10));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RELEASED");
        assertThat(addonFixture.charged(id, server.wallet())).isEqualTo(addonFixture.billingFixture.money("0"));
        assertThat(addonFixture.timeline(server)).containsExactly("volume_ordered", "volume_failed");
        assertThat(addonFixture.column(id, "failure")).contains("no such size");
    }

    @Test
    void parksAndGivesUpAnOrderWithTwoMatchingVolumes() {
        var server = addonFixture.server("10");
        var id = AddonFixture.idOf(addonFixture.orderVolume(server, 10));
        addonFixture.provider.addUnorderedVolume(id, 10);
        addonFixture.provider.addUnorderedVolume(id, 10);
        addonFixture.work();
        assertThat(addonFixture.parked()).singleElement().asString().contains("volumes with the mark of one");
        assertThat(addonFixture.provider.volumesOf(id)).hasSize(2);

        assertThat(addonFixture.billingFixture.in(() -> addonFixture.decisions.giveUp(id, "ordered by mistake")))
                .isTrue();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RELEASED");
    }

    @Test
    void chargesAGrownVolumeImmediately() {
        var server = addonFixture.server("10");
        var volume = addonFixture.createVolume(server, 10);
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(Duration.ofMinutes(20)));
        assertThat(addonFixture.grow(volume, 30)).isEqualTo(new AddonOutcome.Done(volume.service()));
        assertThat(addonFixture.reservationStates(volume.service())).containsExactly("CAPTURED", "RESERVED");
        assertThat(addonFixture.grow(volume, 40)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.work(2);

        assertThat(addonFixture.column(volume.service(), "quantity")).isEqualTo("30");
        assertThat(addonFixture.reservationStates(volume.service())).containsExactly("CAPTURED", "CAPTURED");
        assertThat(addonFixture.billingFixture.charged(volume)).isEqualTo(addonFixture.billingFixture.money("0.03"));
        assertThat(addonFixture.provider.volumesOf(volume.service()))
                .singleElement()
                .extracting("sizeGib")
                .isEqualTo(30);

        addonFixture.charge(HOUR);
        assertThat(addonFixture.billingFixture.charged(volume)).isEqualTo(addonFixture.billingFixture.money("0.06"));
    }

    @Test
    void growsAVolumeOnceAfterALostResponse() {
        var server = addonFixture.server("10");
        var volume = addonFixture.createVolume(server, 10);
        addonFixture.provider.nextOutcomes(ScriptedOutcome.LOST);
        addonFixture.grow(volume, 20);
        addonFixture.work(3);
        assertThat(addonFixture.column(volume.service(), "quantity || ' ' || coalesce(pending_action, 'nothing')"))
                .isEqualTo("20 nothing");
        assertThat(addonFixture.billingFixture.charged(volume)).isEqualTo(addonFixture.billingFixture.money("0.02"));
    }

    @Test
    void keepsSizeAndReleasesTheReservationWhenGrowthIsRefused() {
        var server = addonFixture.server("10");
        var volume = addonFixture.createVolume(server, 10);
        addonFixture.provider.nextOutcomes(ScriptedOutcome.REFUSED);
        addonFixture.grow(volume, 20);
        addonFixture.work(2);
        assertThat(addonFixture.column(volume.service(), "quantity || ' ' || coalesce(pending_action, 'nothing')"))
                .isEqualTo("10 nothing");
        assertThat(addonFixture.reservationStates(volume.service())).containsExactlyInAnyOrder("CAPTURED", "RELEASED");
        assertThat(addonFixture.timeline(server)).endsWith("volume_grow", "volume_refused");
    }

    @Test
    void refusesToShrinkAVolume() {
        var volume = addonFixture.createVolume(addonFixture.server("10"), 20);
        assertThat(addonFixture.grow(volume, 20)).isEqualTo(new AddonOutcome.BadSize(21, 10_000));
        assertThat(addonFixture.grow(volume, 10)).isEqualTo(new AddonOutcome.BadSize(21, 10_000));
    }

    @Test
    void chargesAtMostTheMonthlyPrice() {
        var other = new AddonFixture("shed-month");
        other.publish("0.73", "3.65");
        other.billingFixture.clock.stopAt(Instant.parse("2026-11-30T23:00:00Z"));
        var volume = other.createVolume(other.server("100"), 10);
        other.charge(Duration.ofDays(31));
        assertThat(other.billingFixture.charged(volume)).isEqualTo(other.billingFixture.money("7.30"));
        other.charge(HOUR);
        assertThat(other.billingFixture.charged(volume)).isEqualTo(other.billingFixture.money("7.31"));
        assertThat(other.violations()).isEmpty();
    }

    @Test
    void attachesADetachedVolumeToAnotherServer() {
        var wallet = addonFixture.billingFixture.wallet("10");
        var first = addonFixture.server(wallet);
        var second = addonFixture.server(wallet);
        var volume = addonFixture.createVolume(first, 10);

        assertThat(addonFixture.billingFixture.in(
                        () -> addonFixture.volumes.attach(volume.service(), second.service())))
                .isEqualTo(new AddonOutcome.Busy());
        addonFixture.billingFixture.in(() -> addonFixture.volumes.detach(volume.service()));
        addonFixture.work(2);
        assertThat(addonFixture.column(volume.service(), "attached")).isEqualTo("false");

        assertThat(addonFixture.billingFixture.in(() -> addonFixture.list.volumesOf(second.service())))
                .hasSize(1);
        addonFixture.billingFixture.in(() -> addonFixture.volumes.attach(volume.service(), second.service()));
        addonFixture.work(2);
        assertThat(addonFixture.column(volume.service(), "attached || ' ' || service_id"))
                .isEqualTo("true " + second.service());
        assertThat(addonFixture.timeline(second)).containsExactly("volume_attach", "volume_attached");
    }

    @Test
    void chargesUpToTheRequestedDeletion() {
        var server = addonFixture.server("10");
        var volume = addonFixture.createVolume(server, 10);
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(Duration.ofMinutes(61)));
        addonFixture.billingFixture.in(() -> addonFixture.volumes.delete(volume.service()));
        assertThat(addonFixture.billingFixture.charged(volume)).isEqualTo(addonFixture.billingFixture.money("0.02"));
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.volumes.delete(volume.service())))
                .isEqualTo(new AddonOutcome.Busy());

        addonFixture.work(3);
        assertThat(addonFixture.provider.volumesOf(volume.service())).isEmpty();
        assertThat(addonFixture.state(volume.service())).isEqualTo("TERMINATING");
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(volume.service())).isEqualTo("TERMINATED");
        addonFixture.charge(HOUR.multipliedBy(3));
        assertThat(addonFixture.billingFixture.charged(volume)).isEqualTo(addonFixture.billingFixture.money("0.02"));
    }

    @Test
    void repeatsADeletionOnRetryWhenTheVolumeRemains() {
        var other = new AddonFixture("shed-stubborn");
        other.publish("0.73", "3.65");
        var volume = other.createVolume(other.server("10"), 10);
        other.provider.nextOutcomes(ScriptedOutcome.SILENT);
        other.billingFixture.in(() -> other.volumes.delete(volume.service()));
        other.work();
        other.advance(Duration.ofDays(2));
        other.work();
        assertThat(other.parked()).singleElement().asString().contains("still there");

        other.billingFixture.in(() -> other.decisions.retry(volume.service(), "it is there"));
        other.work(4);
        assertThat(other.provider.volumesOf(volume.service())).isEmpty();
        assertThat(other.parked()).isEmpty();
    }

    @Test
    void doesNotAttachAVolumeToAReusedServerId() {
        var server = addonFixture.server("10");
        var volume = addonFixture.createVolume(server, 10);
        addonFixture.billingFixture.in(() -> addonFixture.volumes.detach(volume.service()));
        addonFixture.work(3);
        addonFixture.reassignServerId(volume.service());
        var before = addonFixture.provider.requests().size();
        addonFixture.billingFixture.in(() -> addonFixture.volumes.attach(volume.service(), server.service()));
        addonFixture.work(2);
        assertThat(addonFixture.provider.requests()).hasSize(before);
        assertThat(addonFixture.timeline(server)).endsWith("volume_attach", "volume_refused");
    }

    @Test
    void releasesTheReservationWhenAGrowingVolumeIsDeleted() {
        var volume = addonFixture.createVolume(addonFixture.server("10"), 10);
        addonFixture.grow(volume, 20);
        addonFixture.billingFixture.in(() -> addonFixture.volumes.delete(volume.service()));
        assertThat(addonFixture.reservationStates(volume.service())).containsExactlyInAnyOrder("CAPTURED", "RELEASED");
        assertThat(addonFixture.billingFixture.charged(volume)).isEqualTo(addonFixture.billingFixture.money("0.01"));
        addonFixture.work(4);
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(volume.service())).isEqualTo("TERMINATED");
    }

    @Test
    void chargesADetachedVolumeAfterItsServerEnded() {
        var server = addonFixture.server("10");
        var volume = addonFixture.createVolume(server, 10);
        addonFixture.charge(HOUR);
        addonFixture.terminate(server);
        assertThat(addonFixture.column(volume.service(), "state || ' ' || attached"))
                .isEqualTo("ACTIVE false");
        addonFixture.charge(HOUR);
        assertThat(addonFixture.billingFixture.charged(server)).isEqualTo(addonFixture.billingFixture.money("0.02"));
        assertThat(addonFixture.billingFixture.charged(volume)).isEqualTo(addonFixture.billingFixture.money("0.02"));
        var organization = addonFixture
                .billingFixture
                .in(() -> addonFixture.list.volume(volume.service()))
                .organizationId();
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.list.volumesIn(organization)))
                .singleElement()
                .matches(AddonQuery.AddonView::isServerOver);
    }

    @Test
    void leavesAVolumeUnattachedWhenItsServerEndedMeanwhile() {
        var server = addonFixture.server("10");
        addonFixture.provider.setSlow(true);
        var id = AddonFixture.idOf(addonFixture.orderVolume(server, 10));
        addonFixture.work();
        addonFixture.terminate(server);
        addonFixture.provider.completePending();
        addonFixture.work(3);
        assertThat(addonFixture.column(id, "state || ' ' || attached || ' ' || coalesce(pending_action, 'nothing')"))
                .isEqualTo("ACTIVE false nothing");
    }

    @Test
    void failsAnUnrequestedOrderWithItsServer() {
        var server = addonFixture.server("10");
        var before = addonFixture.provider.requests().size();
        var id = AddonFixture.idOf(addonFixture.orderVolume(server, 10));
        addonFixture.terminate(server);
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RELEASED");
        assertThat(addonFixture.timeline(server)).endsWith("volume_ordered", "volume_failed");
        assertThat(addonFixture.provider.requests()).hasSize(before);
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void refusesAnOrderWithoutAnOffer() {
        var other = new AddonFixture("shed-bare");
        var server = other.server("10");
        assertThat(other.orderVolume(server, 10)).isEqualTo(new AddonOutcome.NotOffered());
        other.publish(AddonType.VOLUME, "0.73");
        assertThat(other.billingFixture.in(
                        () -> other.prices.publish(AddonType.VOLUME, Optional.empty(), Optional.of(MINUTE))))
                .isEqualTo(AddonPrices.Outcome.DONE);
        assertThat(other.orderVolume(server, 10)).isInstanceOf(AddonOutcome.Done.class);
        other.billingFixture.clock.stopAt(MINUTE);
        assertThat(other.orderVolume(server, 10)).isEqualTo(new AddonOutcome.NotOffered());
    }

    @Test
    void keepsTheAcceptedPriceOfAnExistingVolume() {
        var other = new AddonFixture("shed-dear");
        other.publish(AddonType.VOLUME, "0.73");
        var server = other.server("10");
        var volume = other.createVolume(server, 10);
        other.billingFixture.clock.stopAt(MINUTE);
        other.publish(AddonType.VOLUME, "1.46");
        var dearer = other.createVolume(server, 10);
        assertThat(other.billingFixture.charged(dearer)).isEqualTo(other.billingFixture.money("0.02"));
        other.charge(HOUR);
        assertThat(other.billingFixture.charged(volume)).isEqualTo(other.billingFixture.money("0.02"));
        assertThat(other.violations()).isEmpty();
    }

    @Test
    void attachesVolumesDetachedByARebuildAgain() {
        var server = addonFixture.server("10");
        var id = addonFixture.createVolume(server, 10).service();
        var disk = addonFixture.provider.volumesOf(id).get(0);
        addonFixture.provider.detachUnrequested(disk.id());
        addonFixture.notifyRebuilt(server);
        assertThat(addonFixture.column(id, "pending_action")).isEqualTo("ATTACH");
        addonFixture.work(3);

        assertThat(addonFixture.provider.volumesOf(id).get(0).serverId()).isEqualTo(disk.serverId());
        assertThat(addonFixture.column(id, "attached || coalesce(pending_action, '-')"))
                .isEqualTo("true-");
        assertThat(addonFixture.timeline(server)).endsWith("volume_attached", "volume_attached");
    }

    @Test
    void keepsVolumesStillAttachedAfterARebuild() {
        var server = addonFixture.server("10");
        var id = addonFixture.createVolume(server, 10).service();
        var before = addonFixture.provider.requests().size();
        addonFixture.notifyRebuilt(server);
        addonFixture.work(3);
        assertThat(addonFixture.provider.requests()).hasSize(before);
        assertThat(addonFixture.column(id, "attached || coalesce(pending_action, '-')"))
                .isEqualTo("true-");
    }

    @Test
    void showsAVolumeAsDetachedWhenReattachmentIsRefused() {
        var server = addonFixture.server("10");
        var id = addonFixture.createVolume(server, 10).service();
        addonFixture.provider.detachUnrequested(
                addonFixture.provider.volumesOf(id).get(0).id());
        addonFixture.provider.nextOutcomes(ScriptedOutcome.REFUSED);
        addonFixture.notifyRebuilt(server);
        addonFixture.work(3);
        assertThat(addonFixture.column(id, "attached || coalesce(pending_action, '-')"))
                .isEqualTo("false-");
        assertThat(addonFixture.timeline(server)).endsWith("volume_refused");
    }

    @Test
    void attachesAVolumeAfterAResize() {
        var server = addonFixture.server("10");
        addonFixture.setPendingOperation(server, "RESIZE");
        var id = addonFixture.createVolume(server, 10).service();
        addonFixture.work(10);
        assertThat(addonFixture.column(id, "state || pending_action || attached"))
                .isEqualTo("ACTIVEATTACHfalse");
        assertThat(addonFixture.provider.volumesOf(id).get(0).serverId()).isEmpty();

        addonFixture.setPendingOperation(server, null);
        addonFixture.work(3);
        assertThat(addonFixture.column(id, "attached")).isEqualTo("true");
    }

    @Test
    void growsAVolumeDuringAResizeOfItsServer() {
        var server = addonFixture.server("10");
        var volume = addonFixture.createVolume(server, 10);
        addonFixture.setPendingOperation(server, "RESIZE");
        addonFixture.grow(volume, 20);
        addonFixture.work(3);
        assertThat(addonFixture.column(volume.service(), "quantity")).isEqualTo("20");
        addonFixture.setPendingOperation(server, null);
    }

    @Test
    void doesNotAttachAVolumeToAServerWithAnotherTag() {
        var server = addonFixture.server("10");
        addonFixture.provider.reassignServerId(addonFixture.serverIdOf(server), UUID.randomUUID());
        var id = addonFixture.createVolume(server, 10).service();
        assertThat(addonFixture.provider.volumesOf(id).get(0).serverId()).isEmpty();
        assertThat(addonFixture.column(id, "attached || coalesce(pending_action, '-')"))
                .isEqualTo("false-");
        assertThat(addonFixture.timeline(server)).endsWith("volume_created", "volume_refused");
    }

    @Test
    void refusesUnchangedPastAndInvalidPrices() {
        var other = new AddonFixture("shed-past");
        other.publish(AddonType.VOLUME, "0.73");
        other.billingFixture.clock.stopAt(MINUTE.plus(HOUR));
        assertThat(publish(other, "0.73", Optional.empty())).isEqualTo(AddonPrices.Outcome.UNCHANGED);
        assertThat(publish(other, "0.80", Optional.of(MINUTE))).isEqualTo(AddonPrices.Outcome.TOO_EARLY);
        assertThat(publish(other, "-1", Optional.empty())).isEqualTo(AddonPrices.Outcome.INVALID);
        assertThat(publish(other, "100001", Optional.empty())).isEqualTo(AddonPrices.Outcome.INVALID);
        assertThat(other.billingFixture.in(other.prices::all)).hasSize(1);
        assertThat(other.billingFixture.in(() -> other.prices.faults(
                        new AddonPrices.Priced(AddonType.VOLUME, Optional.empty()),
                        other.billingFixture.money("1").currency(),
                        Optional.of(other.billingFixture.money("-1")),
                        Optional.of(MINUTE))))
                .containsExactly(AddonPrices.Field.MONTHLY, AddonPrices.Field.FROM);
    }

    /** As with plans: the monthly settlement charges the reseller by the hours that the customer was charged. */
    @Test
    void requiresAWholesalePriceScaledByTheSize() {
        var other = new AddonFixture("shed-wholesale");
        PriceFixture.publish(
                other.billingFixture.tenant,
                "EUR",
                other.billingFixture.clock.instant(),
                Map.of(PriceFixture.addon(PriceKey.PLATFORM, "VOLUME"), "0.0511"));
        var asked = other.billingFixture.money("0.73");
        assertThat(other.billingFixture.in(
                        () -> other.prices.publish(AddonType.VOLUME, Optional.of(asked), Optional.empty())))
                .isEqualTo(AddonPrices.Outcome.DONE);
        var volume = other.createVolume(other.server("10"), 10);
        BigDecimal wholesale = other.billingFixture.in(
                () -> other.billingFixture.sql.one("""
                select v.wholesale_monthly
                  from rated_period p
                  join price_version v on v.id = p.price_version_id
                 where p.service_id = ?
                """, row -> row.decimal("wholesale_monthly"), volume.service()));
        assertThat(wholesale).isEqualByComparingTo("0.511");

        other.billingFixture.clock.stopAt(MINUTE);
        var backup = other.billingFixture.money("3");
        assertThat(other.billingFixture.in(
                        () -> other.prices.publish(AddonType.BACKUP, Optional.of(backup), Optional.empty())))
                .as("the tenant's price list has no price of backups")
                .isEqualTo(AddonPrices.Outcome.NO_WHOLESALE);
        assertThat(other.billingFixture.in(other.prices::all)).hasSize(1);
        assertThat(other.violations()).isEmpty();
    }

    private static AddonPrices.Outcome publish(AddonFixture other, String monthly, Optional<Instant> from) {
        var price = Optional.of(other.billingFixture.money(monthly));
        return other.billingFixture.in(() -> other.prices.publish(AddonType.VOLUME, price, from));
    }
}
