package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.cloud.addon.ScriptedAddonProvider.ScriptedOutcome;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.workqueue.RetryOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A renewed review reserves the money again. The server costs two cents an hour, a volume of ten gibibytes one, backups half of one, a snapshot
 * of the whole disk one.
 */
@Tag("full")
class AddonReviewTest {
    /** The reservation for a volume or for backups has expired. */
    private static final Duration LATER = VolumeOrders.HELD_FOR.plusMinutes(10);

    private static AddonFixture addonFixture;

    @BeforeAll
    static void open() {
        addonFixture = new AddonFixture("shed-deciding");
        addonFixture.publish("0.73", "3.65");
        addonFixture.publish(AddonType.SNAPSHOT, "0.73");
    }

    @BeforeEach
    void begin() {
        addonFixture.provider.setSlow(false);
        addonFixture.provider.setImmediateResizes(true);
        addonFixture.provider.setTaskProgress(Progress.done());
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void renewsAnExpiredReservationOfAVolume() {
        var server = addonFixture.server("10");
        var id = createUnclearVolume(server);
        addonFixture.charge(LATER);
        assertThat(retry(id)).isEqualTo(new RetryOutcome.Retried());
        assertThat(reservations(id)).isEqualTo("0.02000000 RELEASED, 0.02000000 RESERVED");

        assertCreated(id);
        assertThat(reservations(id)).isEqualTo("0.02000000 RELEASED, 0.02000000 CAPTURED");
    }

    @Test
    void extendsAReservationInsteadOfReservingTwice() {
        var id = createUnclearVolume(addonFixture.server("10"));
        addonFixture.charge(Duration.ofHours(3));
        assertThat(retry(id)).isEqualTo(new RetryOutcome.Retried());
        assertThat(reservations(id)).isEqualTo("0.02000000 RESERVED");
        assertThat(reservedFor(id)).isEqualTo("07:00:00");
        assertCreated(id);
    }

    @Test
    void retryingAVolumeReportsTheMissingAmount() {
        var server = addonFixture.server("0.10");
        var id = createUnclearVolume(server);
        addonFixture.charge(LATER);
        assertThat(addonFixture.billingFixture.balance(server.wallet()))
                .as("five hours started")
                .isEqualTo(addonFixture.billingFixture.money("0"));

        assertThat(retry(id)).isEqualTo(new RetryOutcome.InsufficientFunds(addonFixture.billingFixture.money("0.02")));
        assertThat(addonFixture.parked()).hasSize(1);
        assertThat(reservations(id)).isEqualTo("0.02000000 RELEASED");
        assertThat(retriesInAudit(id)).isZero();

        addonFixture.billingFixture.limit(server.wallet(), new BigDecimal("0.02"));
        assertThat(retry(id)).isEqualTo(new RetryOutcome.Retried());
        assertThat(addonFixture.parked()).isEmpty();
        assertThat(reservations(id)).isEqualTo("0.02000000 RELEASED, 0.02000000 RESERVED");
        assertThat(retriesInAudit(id)).isEqualTo(1);
        assertCreated(id);
    }

    @Test
    void reservesOnlyThePriceDifferenceOfAResizedVolume() {
        var volume = addonFixture.createVolume(addonFixture.server("10"), 10);
        var id = volume.service();
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(Duration.ofMinutes(20)));
        addonFixture.provider.nextOutcomes(ScriptedOutcome.SILENT);
        addonFixture.grow(volume, 30);
        addonFixture.work();
        addonFixture.advance(Duration.ofDays(1));
        addonFixture.work();
        assertThat(addonFixture.parked()).hasSize(1);
        addonFixture.charge(LATER);

        assertThat(retry(id)).isEqualTo(new RetryOutcome.Retried());
        assertThat(reservations(id)).isEqualTo("0.02000000 CAPTURED, 0.04000000 RELEASED, 0.04000000 RESERVED");
        addonFixture.advance(Duration.ofDays(1));
        addonFixture.work();
        addonFixture.billingFixture.in(() -> addonFixture.decisions.giveUp(id, "it is as it was"));
        assertThat(reservations(id)).isEqualTo("0.02000000 CAPTURED, 0.04000000 RELEASED, 0.04000000 RELEASED");
    }

    @Test
    void restartsTheWaitingTimeOfAResizeOnRetry() {
        var server = addonFixture.server("10");
        var volume = addonFixture.createVolume(server, 10);
        var id = volume.service();
        addonFixture.provider.setTaskProgress(Progress.running(10));
        addonFixture.provider.setImmediateResizes(false);
        addonFixture.grow(volume, 30);
        addonFixture.work();
        addonFixture.advance(VolumeHandler.PATIENCE.plusSeconds(1));
        addonFixture.work();
        assertThat(addonFixture.parked()).singleElement().asString().contains("not done after");

        var asked = addonFixture.provider.requests().size();
        assertThat(retry(id)).isEqualTo(new RetryOutcome.Retried());
        assertThat(addonFixture.timeline(server)).endsWith("volume_grow", "volume_looked_again");
        addonFixture.advance(VolumeHandler.PATIENCE.minusMinutes(1));
        addonFixture.work();
        assertThat(addonFixture.parked()).isEmpty();
        assertThat(addonFixture.provider.requests()).as("in progress").hasSize(asked);
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.parked()).hasSize(1);

        assertThat(retry(id)).isEqualTo(new RetryOutcome.Retried());
        addonFixture.provider.completePending();
        addonFixture.work();
        assertThat(addonFixture.timeline(server)).endsWith("volume_looked_again", "volume_grown");
        assertThat(addonFixture.column(id, "quantity")).isEqualTo("30");
    }

    @Test
    void requestsAFailedVolumeResizeAgainOnRetry() {
        var volume = addonFixture.createVolume(addonFixture.server("10"), 10);
        addonFixture.provider.setImmediateResizes(false);
        addonFixture.provider.setTaskProgress(Progress.failed("no room there"));
        addonFixture.grow(volume, 30);
        addonFixture.work(2);
        assertThat(addonFixture.parked()).singleElement().asString().contains("no room there");

        addonFixture.provider.setImmediateResizes(true);
        addonFixture.provider.setTaskProgress(Progress.done());
        var asked = addonFixture.provider.requests().size();
        assertThat(retry(volume.service())).isEqualTo(new RetryOutcome.Retried());
        addonFixture.work(2);
        assertThat(addonFixture.column(volume.service(), "quantity")).isEqualTo("30");
        assertThat(addonFixture.provider.requests()).hasSize(asked + 1).endsWith("grow 30");
    }

    @Test
    void renewsTheReservationOfOrderedBackups() {
        var server = addonFixture.server("0.10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.LOST, ScriptedOutcome.REFUSED);
        var id = AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work(2);
        addonFixture.charge(LATER);
        assertThat(retry(id)).isEqualTo(new RetryOutcome.InsufficientFunds(addonFixture.billingFixture.money("0.01")));

        addonFixture.billingFixture.topUp(server.wallet(), "0.01");
        assertThat(retry(id)).isEqualTo(new RetryOutcome.Retried());
        assertThat(reservations(id)).isEqualTo("0.01000000 RELEASED, 0.01000000 RESERVED");
        addonFixture.work();
        assertThat(reservations(id)).isEqualTo("0.01000000 RELEASED, 0.01000000 CAPTURED");
    }

    @Test
    void renewsTheReservationOfASnapshotForItsFullDuration() {
        var server = addonFixture.server("10");
        addonFixture.provider.setSlow(true);
        var id = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        addonFixture.work(2);
        addonFixture.advance(Duration.ofHours(4));
        addonFixture.work();
        assertThat(addonFixture.parked()).hasSize(1);
        addonFixture.charge(SnapshotOrders.HELD_FOR.plusMinutes(1));

        assertThat(retry(id)).isEqualTo(new RetryOutcome.Retried());
        assertThat(reservations(id)).isEqualTo("0.02000000 RELEASED, 0.02000000 RESERVED");
        assertThat(reservedFor(id)).isEqualTo("12:00:00");
        addonFixture.provider.completePending();
        addonFixture.work();
        assertThat(reservations(id)).isEqualTo("0.02000000 RELEASED, 0.02000000 CAPTURED");
    }

    @Test
    void reservesNothingForDeletionsAndUnchangedPrices() {
        var server = addonFixture.server("10");
        var volume = addonFixture.createVolume(server, 10);
        var id = volume.service();
        addonFixture.provider.nextOutcomes(ScriptedOutcome.SILENT);
        addonFixture.billingFixture.in(() -> addonFixture.volumes.delete(id));
        addonFixture.work();
        addonFixture.advance(Duration.ofDays(2));
        addonFixture.work();
        assertThat(addonFixture.parked()).hasSize(1);
        assertThat(retry(id)).isEqualTo(new RetryOutcome.Retried());
        assertThat(reservations(id)).isEqualTo("0.02000000 CAPTURED");
        assertThat(retry(id)).as("a second time").isEqualTo(new RetryOutcome.NotParked());
        addonFixture.work(3);
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(addonFixture.timeline(server))
                .as("retried once")
                .endsWith("volume_delete", "volume_looked_again", "volume_deleted");
    }

    /** Creates a volume whose mark its provider has twice. */
    private static UUID createUnclearVolume(Rented server) {
        var id = AddonFixture.idOf(addonFixture.orderVolume(server, 10));
        addonFixture.provider.addUnorderedVolume(id, 10);
        addonFixture.provider.addUnorderedVolume(id, 10);
        addonFixture.work();
        assertThat(addonFixture.parked()).hasSize(1);
        return id;
    }

    /** Removes one of the two, as staff arranged. */
    private static void assertCreated(UUID volume) {
        addonFixture.provider.removeVolume(
                addonFixture.provider.volumesOf(volume).get(0).id());
        addonFixture.work(4);
        assertThat(addonFixture.column(volume, "state || ' ' || attached")).isEqualTo("ACTIVE true");
    }

    private static RetryOutcome retry(UUID option) {
        return addonFixture.billingFixture.in(() -> addonFixture.decisions.retry(option, "looked there"));
    }

    /** Returns the reservation for it and its state. */
    private static String reservations(UUID option) {
        return String.join(
                ", ",
                addonFixture.billingFixture.in(() -> addonFixture.billingFixture.sql.query(
                        "select amount || ' ' || state as hold from wallet_reservation where service_id = ? order by reserved_at, id",
                        row -> row.text("hold"),
                        option)));
    }

    /** Returns the duration of the latest reservation. */
    private static String reservedFor(UUID option) {
        return addonFixture.billingFixture.in(() -> addonFixture.billingFixture.sql.one(
                "select (until - reserved_at)::text as span from wallet_reservation where service_id = ? order by reserved_at desc limit 1",
                row -> row.text("span"),
                option));
    }

    /** Returns how often a review was requested, by the audit trail. */
    private static int retriesInAudit(UUID option) {
        return addonFixture.billingFixture.in(() -> addonFixture.billingFixture.sql.one(
                "select count(*)::int as n from audit_record where action = 'addon.retried' and subject_id = ?",
                row -> row.whole("n"),
                option.toString()));
    }
}
