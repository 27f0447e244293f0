package io.tenantry.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.audit.AuditTrail;
import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.provider.account.Desk;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever may see an organization's transfer is warned before it is used up, and when it is, each once a period. */
class WarningsTest {
    private static final Instant SEPTEMBER = Instant.parse("2026-09-01T00:00:00Z");
    private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");

    private static Books books;
    private static io.tenantry.work.Desk desk;
    private static UUID price;
    private static UUID person;
    private UUID wallet = new UUID(0, 0);
    private UUID organization = new UUID(0, 0);

    @BeforeAll
    static void open() {
        books = new Books("warned", "EUR", "Europe/Berlin");
        desk = new io.tenantry.work.Desk(books.tenant);
        var audit = new AuditTrail();
        Desk.inject(audit, "sql", books.sql);
        var prices = new TransferPrices(
                books.sql, books.clock, new Access(books.sql), audit, new TenantDirectory(Database.administration()));
        books.clock.stopAt(SEPTEMBER.plusSeconds(1));
        assertThat(books.in(() -> prices.publish(books.money("0.01")))).isEqualTo(TransferPrices.Outcome.DONE);
        price = books.price("7.30");
        person = UUID.randomUUID();
        Database.asOwner("insert into t_warned.person (id, email, name, created_at) values ('" + person
                + "', 'olga@kiosk.example', 'Olga', now())");
    }

    @BeforeEach
    void fill() {
        desk.clear();
        books.clock.stopAt(OCTOBER);
        wallet = books.wallet("100");
        organization = books.in(() -> books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        Database.asOwner("insert into t_warned.organization (id, name, billing_email, country, created_at) values ('"
                + organization + "', 'Kiosk', 'k@kiosk.example', 'DE', now())");
        Database.asOwner("insert into t_warned.membership (organization_id, person_id, role, joined_at) values ('"
                + organization + "', '" + person + "', 'owner', now())");
    }

    @Test
    void eachIsToldOnceAPeriod() {
        var service = rented(price);
        sent(service, OCTOBER, NOVEMBER, 799);
        assertThat(told()).isEmpty();
        sends(service, 800);
        assertThat(told()).containsExactly("TRANSFER_NEARLY_USED Kiosk 80");
        sends(service, 999);
        assertThat(told()).hasSize(1);
        sends(service, 1000);
        assertThat(told()).containsExactly("TRANSFER_NEARLY_USED Kiosk 80", "TRANSFER_USED Kiosk 100");
        sends(service, 5000);
        assertThat(told()).hasSize(2);
    }

    @Test
    void theLesserIsNotToldAfterTheGreater() {
        var service = rented(price);
        sent(service, OCTOBER, NOVEMBER, 1200);
        assertThat(told()).containsExactly("TRANSFER_USED Kiosk 100");
        rented(price);
        sends(service, 1700);
        assertThat(told()).hasSize(1);
    }

    @Test
    void whatAllPlansIncludeTogetherUntilThePeriodEndsCounts() {
        var service = rented(price);
        sent(service, OCTOBER, NOVEMBER, 900);
        sent(rented(price), OCTOBER, NOVEMBER, 10);
        books.clock.stopAt(OCTOBER.plus(Duration.ofDays(1)));
        assertThat(told()).isEmpty();
        sends(service, 1590);
        assertThat(told()).containsExactly("TRANSFER_NEARLY_USED Kiosk 80");
    }

    @Test
    void aLargerPlanCountsFromTheHourAfterItsChange() {
        var large = books.price("7.30");
        books.in(() -> books.sql.update(
                "update plan set transfer_gib = 2000 where id = (select plan_id from price_version where id = ?)",
                large));
        var server = books.rent(wallet, price, OCTOBER);
        sent(server.service(), OCTOBER, NOVEMBER, 1199);
        var half = Instant.parse("2026-10-16T12:00:00Z");
        books.change(server, large, half);
        books.clock.stopAt(half);
        assertThat(told()).as("500 and 1000 until the end").isEmpty();
        sends(server.service(), 1200);
        assertThat(told()).containsExactly("TRANSFER_NEARLY_USED Kiosk 80");
    }

    @Test
    void theNextPeriodIsToldOfAgain() {
        var service = rented(price);
        sent(service, OCTOBER, NOVEMBER, 1200);
        told();
        books.clock.stopAt(NOVEMBER.plusSeconds(60));
        sent(service, NOVEMBER, Instant.parse("2026-12-01T00:00:00Z"), 1200);
        assertThat(told()).containsExactly("TRANSFER_USED Kiosk 100", "TRANSFER_USED Kiosk 100");
    }

    @Test
    void nobodyIsWarnedOfWhatCostsNothing() {
        var unlimited = books.price("7.30");
        books.in(() -> books.sql.update("""
                update plan
                   set transfer_unlimited = true, transfer_gib = 0
                 where id = (select plan_id from price_version where id = ?)
                """, unlimited));
        sent(rented(unlimited), OCTOBER, NOVEMBER, 90_000);
        assertThat(told()).as("unlimited").isEmpty();

        var service = rented(price);
        sent(service, OCTOBER, NOVEMBER, 1200);
        books.in(() -> books.sql.update("update transfer_period set exact = false where service_id = ?", service));
        assertThat(told()).as("only estimated").isEmpty();

        sent(service, SEPTEMBER, OCTOBER, 1200);
        books.clock.stopAt(OCTOBER.minusSeconds(60));
        assertThat(told()).as("before a price was in force").isEmpty();
    }

    private UUID rented(UUID at) {
        return books.rent(wallet, at, OCTOBER).service();
    }

    private static void sent(UUID service, Instant from, Instant to, long gib) {
        books.in(() -> books.sql.update("""
                insert into transfer_period (service_id, from_at, to_at, in_carried, in_peak, in_kept, out_carried, out_peak,
                                             out_kept, exact, read_at)
                values (?, ?, ?, 0, 0, 0, 0, ?, 0, true, ?)
                """, service, from, to, gib << 30, from));
    }

    private static void sends(UUID service, long gib) {
        books.in(() ->
                books.sql.update("update transfer_period set out_peak = ? where service_id = ?", gib << 30, service));
    }

    /** What was told so far, after it was looked once more. */
    private List<String> told() {
        books.in(() -> desk.items.write(WarnTransfer.KIND, BillTransfer.KEY, BillTransfer.SUBJECT));
        desk.makeDue();
        desk.work(new WarnTransfer(new Committing()));
        return Database.texts("select kind || ' ' || subject || ' ' || detail from t_warned.notification"
                + " where organization_id = '" + organization + "' order by id");
    }

    /** What the container does for {@code REQUIRES_NEW}. */
    private static final class Committing extends Warnings {
        Committing() {
            super(books.sql, books.clock, desk.items);
        }

        @Override
        public int tell(Work work, int limit) {
            return Database.in(books.tenant, () -> super.tell(work, limit));
        }
    }
}
