package io.tenantry.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.provider.Metering.Traffic;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.reconciling.Inventories;
import io.tenantry.testing.Database;
import io.tenantry.work.Desk;
import io.tenantry.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What vendors count is asked for every hour and kept, period by period. */
class MeterTest {
    private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");

    private static Books books;
    private static Desk desk;
    private static Gauge gauge;
    private static Meter meter;
    private static Transfers transfers;
    private static UUID price;

    @BeforeAll
    static void open() {
        books = new Books("metered", "EUR", "Europe/Berlin");
        desk = new Desk(books.tenant);
        gauge = new Gauge();
        meter = new Meter(new Committing(), new Inventories(new Upstreams(List.of(gauge))), books.clock);
        transfers = new Transfers(books.sql, new Access(books.sql), desk.items);
        price = books.price("7.30");
    }

    @BeforeEach
    void clear() {
        desk.clear();
        gauge.clear();
        books.clock.stopAt(Instant.parse("2026-10-31T23:30:00Z"));
        Database.asOwner("update " + books.tenant.schema() + ".service set account = null, upstream_id = null");
    }

    @Test
    void whatIsSentAndReceivedIsKept() {
        var service = service("1");
        gauge.says("1", new Traffic(OCTOBER, NOVEMBER, 5, 10));
        read();
        gauge.says("1", new Traffic(OCTOBER, NOVEMBER, 7, 30));
        read();

        assertThat(out(service)).isEqualTo(30);
        assertThat(books.in(() -> transfers.of(service)).orElseThrow().inBytes())
                .isEqualTo(7);
        assertThat(samples(service)).containsExactly("5/10", "7/30");
    }

    @Test
    void whatHasTheNumberOfAMissingServerIsNotAskedForInItsPlace() {
        var service = service("1");
        gauge.says("1", new Traffic(OCTOBER, NOVEMBER, 5, 10));
        Database.asOwner("insert into " + books.tenant.schema()
                + ".finding (id, account, kind, upstream_id, mark, service_id, name,"
                + " expected, seen, first_seen_at, last_seen_at, since, seen_until) values (gen_random_uuid(), 'a', 'GHOST', '1', 'svc-"
                + service + "', '" + service + "', '', '', '', now(), now(), now(), now())");
        read();
        assertThat(samples(service)).isEmpty();

        Database.asOwner("update " + books.tenant.schema()
                + ".finding set state = 'RESOLVED', resolved_at = now(), resolution = 'GONE'" + " where service_id = '"
                + service + "'");
        read();
        assertThat(samples(service)).containsExactly("5/10");
    }

    @Test
    void anHourOfADemosClockIsAnHourForTheMeter() {
        var service = service("1");
        gauge.says("1", new Traffic(OCTOBER, NOVEMBER, 5, 10));
        ask();
        gauge.says("1", new Traffic(OCTOBER, NOVEMBER, 7, 30));
        ask();
        assertThat(samples(service)).as("asked again within the hour").containsExactly("5/10");

        books.in(() -> {
            new ReadingTimes(books.sql).age(Duration.ofHours(2));
            return true;
        });
        ask();
        assertThat(samples(service)).containsExactly("5/10", "7/30");
    }

    @Test
    void aCounterThatHasNotMovedIsNoSample() {
        var service = service("1");
        gauge.says("1", new Traffic(OCTOBER, NOVEMBER, 5, 10));
        read();
        read();

        assertThat(samples(service)).containsExactly("5/10");
    }

    @Test
    void aCounterThatIsResetLateIsNotCountedAgain() {
        var service = service("1");
        gauge.says("1", new Traffic(OCTOBER, NOVEMBER, 0, 3_000));
        read();
        books.clock.stopAt(Instant.parse("2026-11-01T00:10:00Z"));
        gauge.says("1", new Traffic(NOVEMBER, DECEMBER, 0, 3_000));
        read();
        assertThat(out(service)).isZero();

        books.clock.stopAt(Instant.parse("2026-11-01T01:10:00Z"));
        gauge.says("1", new Traffic(NOVEMBER, DECEMBER, 0, 2));
        read();
        assertThat(out(service)).isEqualTo(2);
    }

    @Test
    void whatIsReadForTheFirstTimeDaysLaterIsOfThatPeriod() {
        var service = service("1");
        gauge.says("1", new Traffic(OCTOBER, NOVEMBER, 0, 3_000));
        read();
        books.clock.stopAt(Instant.parse("2026-11-05T00:10:00Z"));
        gauge.says("1", new Traffic(NOVEMBER, DECEMBER, 0, 4_000));
        read();

        assertThat(out(service)).isEqualTo(4_000);
    }

    @Test
    void daysAreShownAsTheirMonth() {
        var service = service("1");
        var day = NOVEMBER.plusSeconds(86_400);
        gauge.estimates();
        gauge.says(
                "1",
                new Traffic(day, day.plusSeconds(86_400), 0, 20),
                new Traffic(NOVEMBER, day, 0, 100),
                new Traffic(NOVEMBER.minusSeconds(86_400), NOVEMBER, 0, 7));
        read();

        var standing = books.in(() -> transfers.of(service)).orElseThrow();
        assertThat(standing.outBytes()).isEqualTo(120);
        assertThat(standing.from()).isEqualTo(NOVEMBER);
        assertThat(standing.isExact()).isFalse();
        assertThat(standing.includedBytes()).isEqualTo(1000L << 30);
    }

    @Test
    void oneThatIsNotThereKeepsNobodyElseWaiting() {
        service("1");
        var second = service("2");
        gauge.fails("1", Reason.NOT_FOUND);
        gauge.says("2", new Traffic(OCTOBER, NOVEMBER, 0, 10));
        read();

        assertThat(out(second)).isEqualTo(10);
        assertThat(desk.column(books.tenant, "state || attempts")).containsExactly("OPEN0");
    }

    @Test
    void aVendorThatIsNotReachedIsAskedAgain() {
        var service = service("1");
        gauge.fails("1", Reason.UNREACHABLE);
        read();
        assertThat(books.in(() -> transfers.of(service))).isEmpty();

        gauge.says("1", new Traffic(OCTOBER, NOVEMBER, 0, 10));
        read();
        assertThat(out(service)).isEqualTo(10);
    }

    private static UUID service(String number) {
        var service =
                books.rent(books.wallet("1"), price, books.clock.instant()).service();
        books.in(() -> {
            books.sql.update(
                    "insert into organization (id, name, billing_email, country, state, created_at)"
                            + " select organization_id, 'Kiosk', 'a@kiosk.example', 'DE', 'ACTIVE', ? from service where id = ?"
                            + " on conflict do nothing",
                    books.clock.instant(),
                    service);
            return books.sql.update("""
                    update service
                       set account = ?, upstream_region = 'fra', upstream_size = 'small', upstream_image = 'plain', upstream_id = ?
                     where id = ?
                    """, Gauge.ACCOUNT, number, service);
        });
        return service;
    }

    /** An hour goes by, and whatever is due is asked for. */
    private static void read() {
        Database.asOwner("update " + books.tenant.schema()
                + ".transfer_reading set tried_at = tried_at - interval '61 minutes'");
        ask();
    }

    private static void ask() {
        books.in(transfers::begin);
        desk.makeDue();
        desk.work(meter);
    }

    private static long out(UUID service) {
        return books.in(() -> transfers.of(service)).orElseThrow().outBytes();
    }

    private static List<String> samples(UUID service) {
        return books.in(() -> books.sql.query(
                "select in_bytes || '/' || out_bytes as sample from transfer_sample where service_id = ? order by id",
                row -> row.text("sample"),
                service));
    }

    /** What the container does for {@code REQUIRES_NEW}. */
    private static final class Committing extends MeterSteps {
        Committing() {
            super(books.sql, desk.items, books.clock);
        }

        @Override
        public Due due(Work work) {
            return Database.in(books.tenant, () -> super.due(work));
        }

        @Override
        public void note(Work work, UUID service, List<Traffic> traffic, boolean isExact) {
            Database.run(books.tenant, () -> super.note(work, service, traffic, isExact));
        }

        @Override
        public void tried(Work work, UUID service) {
            Database.run(books.tenant, () -> super.tried(work, service));
        }
    }
}
