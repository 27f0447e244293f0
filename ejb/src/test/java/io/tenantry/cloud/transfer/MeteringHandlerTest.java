package io.tenantry.cloud.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.TransferMetering.Traffic;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.cloud.reconciliation.Inventories;
import io.tenantry.people.identity.Access;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkQueueFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The transfer metered by providers is queried every hour and stored, period by period. */
class MeteringHandlerTest {
    private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");

    private static BillingFixture billingFixture;
    private static WorkQueueFixture workQueueFixture;
    private static FixedTransferProvider fixedTransferProvider;
    private static MeteringHandler meteringHandler;
    private static TransferUsage transferUsage;
    private static UUID price;

    @BeforeAll
    static void open() {
        billingFixture = new BillingFixture("metered", "EUR", "Europe/Berlin");
        workQueueFixture = new WorkQueueFixture(billingFixture.tenant);
        fixedTransferProvider = new FixedTransferProvider();
        meteringHandler = new MeteringHandler(
                new Committing(),
                new Inventories(new ProvisioningTargets(List.of(fixedTransferProvider))),
                billingFixture.clock);
        transferUsage = new TransferUsage(billingFixture.sql, new Access(billingFixture.sql), workQueueFixture.items);
        price = billingFixture.price("7.30");
    }

    @BeforeEach
    void clear() {
        workQueueFixture.clear();
        fixedTransferProvider.clear();
        billingFixture.clock.stopAt(Instant.parse("2026-10-31T23:30:00Z"));
        Database.asOwner(
                "update " + billingFixture.tenant.schema() + ".service set account = null, provider_ref = null");
    }

    @Test
    void storesSentAndReceivedBytes() {
        var service = service("1");
        fixedTransferProvider.setTraffic("1", new Traffic(OCTOBER, NOVEMBER, 5, 10));
        pollAfterAnHour();
        fixedTransferProvider.setTraffic("1", new Traffic(OCTOBER, NOVEMBER, 7, 30));
        pollAfterAnHour();

        assertThat(sentBytes(service)).isEqualTo(30);
        assertThat(billingFixture
                        .in(() -> transferUsage.of(service))
                        .orElseThrow()
                        .inBytes())
                .isEqualTo(7);
        assertThat(samples(service)).containsExactly("5/10", "7/30");
    }

    @Test
    void doesNotMeterAServerReportedMissing() {
        var service = service("1");
        fixedTransferProvider.setTraffic("1", new Traffic(OCTOBER, NOVEMBER, 5, 10));
        Database.asOwner("insert into " + billingFixture.tenant.schema()
                + ".server_discrepancy (id, account, kind, provider_ref, resource_tag, service_id, name,"
                + " expected, seen, first_seen_at, last_seen_at, since, seen_until) values (gen_random_uuid(), 'a', 'MISSING', '1', 'svc-"
                + service + "', '" + service + "', '', '', '', now(), now(), now(), now())");
        pollAfterAnHour();
        assertThat(samples(service)).isEmpty();

        Database.asOwner("update " + billingFixture.tenant.schema()
                + ".server_discrepancy set state = 'RESOLVED', resolved_at = now(), resolution = 'GONE'"
                + " where service_id = '"
                + service + "'");
        pollAfterAnHour();
        assertThat(samples(service)).containsExactly("5/10");
    }

    @Test
    void pollsAgainAfterADemoAdvancesItsClock() {
        var service = service("1");
        fixedTransferProvider.setTraffic("1", new Traffic(OCTOBER, NOVEMBER, 5, 10));
        poll();
        fixedTransferProvider.setTraffic("1", new Traffic(OCTOBER, NOVEMBER, 7, 30));
        poll();
        assertThat(samples(service)).as("polled again within the hour").containsExactly("5/10");

        billingFixture.in(() -> {
            new MeteringTimestamps(billingFixture.sql).age(Duration.ofHours(2));
            return true;
        });
        poll();
        assertThat(samples(service)).containsExactly("5/10", "7/30");
    }

    @Test
    void storesNoSampleWhenTheCounterIsUnchanged() {
        var service = service("1");
        fixedTransferProvider.setTraffic("1", new Traffic(OCTOBER, NOVEMBER, 5, 10));
        pollAfterAnHour();
        pollAfterAnHour();

        assertThat(samples(service)).containsExactly("5/10");
    }

    @Test
    void doesNotDoubleCountACounterThatResetsLate() {
        var service = service("1");
        fixedTransferProvider.setTraffic("1", new Traffic(OCTOBER, NOVEMBER, 0, 3_000));
        pollAfterAnHour();
        billingFixture.clock.stopAt(Instant.parse("2026-11-01T00:10:00Z"));
        fixedTransferProvider.setTraffic("1", new Traffic(NOVEMBER, DECEMBER, 0, 3_000));
        pollAfterAnHour();
        assertThat(sentBytes(service)).isZero();

        billingFixture.clock.stopAt(Instant.parse("2026-11-01T01:10:00Z"));
        fixedTransferProvider.setTraffic("1", new Traffic(NOVEMBER, DECEMBER, 0, 2));
        pollAfterAnHour();
        assertThat(sentBytes(service)).isEqualTo(2);
    }

    @Test
    void attributesAFirstReadingDaysLaterToItsPeriod() {
        var service = service("1");
        fixedTransferProvider.setTraffic("1", new Traffic(OCTOBER, NOVEMBER, 0, 3_000));
        pollAfterAnHour();
        billingFixture.clock.stopAt(Instant.parse("2026-11-05T00:10:00Z"));
        fixedTransferProvider.setTraffic("1", new Traffic(NOVEMBER, DECEMBER, 0, 4_000));
        pollAfterAnHour();

        assertThat(sentBytes(service)).isEqualTo(4_000);
    }

    @Test
    void sumsDailyReadingsIntoTheirMonth() {
        var service = service("1");
        var day = NOVEMBER.plusSeconds(86_400);
        fixedTransferProvider.reportEstimates();
        fixedTransferProvider.setTraffic(
                "1",
                new Traffic(day, day.plusSeconds(86_400), 0, 20),
                new Traffic(NOVEMBER, day, 0, 100),
                new Traffic(NOVEMBER.minusSeconds(86_400), NOVEMBER, 0, 7));
        pollAfterAnHour();

        var transferStatus = billingFixture.in(() -> transferUsage.of(service)).orElseThrow();
        assertThat(transferStatus.outBytes()).isEqualTo(120);
        assertThat(transferStatus.from()).isEqualTo(NOVEMBER);
        assertThat(transferStatus.isExact()).isFalse();
        assertThat(transferStatus.includedBytes()).isEqualTo(1000L << 30);
    }

    @Test
    void metersOtherServersWhenOneIsNotFound() {
        service("1");
        var second = service("2");
        fixedTransferProvider.failFor("1", Reason.NOT_FOUND);
        fixedTransferProvider.setTraffic("2", new Traffic(OCTOBER, NOVEMBER, 0, 10));
        pollAfterAnHour();

        assertThat(sentBytes(second)).isEqualTo(10);
        assertThat(workQueueFixture.column(billingFixture.tenant, "state || attempts"))
                .containsExactly("OPEN0");
    }

    @Test
    void queriesAnUnreachableProviderAgain() {
        var service = service("1");
        fixedTransferProvider.failFor("1", Reason.UNREACHABLE);
        pollAfterAnHour();
        assertThat(billingFixture.in(() -> transferUsage.of(service))).isEmpty();

        fixedTransferProvider.setTraffic("1", new Traffic(OCTOBER, NOVEMBER, 0, 10));
        pollAfterAnHour();
        assertThat(sentBytes(service)).isEqualTo(10);
    }

    private static UUID service(String number) {
        var service = billingFixture
                .rent(billingFixture.wallet("1"), price, billingFixture.clock.instant())
                .service();
        billingFixture.in(() -> {
            billingFixture.sql.update(
                    "insert into organization (id, name, billing_email, country, state, created_at)"
                            + " select organization_id, 'Kiosk', 'a@kiosk.example', 'DE', 'ACTIVE', ? from service where id = ?"
                            + " on conflict do nothing",
                    billingFixture.clock.instant(),
                    service);
            return billingFixture.sql.update("""
                    update service
                       set account = ?, provider_region = 'fra', provider_size = 'small', provider_image = 'plain', provider_ref = ?
                     where id = ?
                    """, FixedTransferProvider.ACCOUNT, number, service);
        });
        return service;
    }

    /** Lets an hour pass, and queries everything that is due. */
    private static void pollAfterAnHour() {
        Database.asOwner("update " + billingFixture.tenant.schema()
                + ".transfer_poll set tried_at = tried_at - interval '61 minutes'");
        poll();
    }

    private static void poll() {
        billingFixture.in(transferUsage::begin);
        workQueueFixture.makeDue();
        workQueueFixture.work(meteringHandler);
    }

    private static long sentBytes(UUID service) {
        return billingFixture.in(() -> transferUsage.of(service)).orElseThrow().outBytes();
    }

    private static List<String> samples(UUID service) {
        return billingFixture.in(() -> billingFixture.sql.query(
                "select in_bytes || '/' || out_bytes as sample from transfer_sample where service_id = ? order by id",
                row -> row.text("sample"),
                service));
    }

    /** Starts transactions as the container does for {@code REQUIRES_NEW}. */
    private static final class Committing extends MeteringTransactions {
        Committing() {
            super(billingFixture.sql, workQueueFixture.items, billingFixture.clock);
        }

        @Override
        public Due due(ClaimedWorkItem claimedWorkItem) {
            return Database.in(billingFixture.tenant, () -> super.due(claimedWorkItem));
        }

        @Override
        public void note(ClaimedWorkItem claimedWorkItem, UUID service, List<Traffic> traffic, boolean isExact) {
            Database.run(billingFixture.tenant, () -> super.note(claimedWorkItem, service, traffic, isExact));
        }

        @Override
        public void tried(ClaimedWorkItem claimedWorkItem, UUID service) {
            Database.run(billingFixture.tenant, () -> super.tried(claimedWorkItem, service));
        }
    }
}
