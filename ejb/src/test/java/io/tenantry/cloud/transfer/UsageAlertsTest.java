package io.tenantry.cloud.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.ClaimedWorkItem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members who may see an organization's transfer are warned before it is used up, and when it is, each once a period. */
class UsageAlertsTest {
    private static final Instant SEPTEMBER = Instant.parse("2026-09-01T00:00:00Z");
    private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");

    private static BillingFixture billingFixture;
    private static io.tenantry.workqueue.WorkQueueFixture workQueueFixture;
    private static UUID price;
    private static UUID person;
    private UUID wallet = new UUID(0, 0);
    private UUID organization = new UUID(0, 0);

    @BeforeAll
    static void open() {
        billingFixture = new BillingFixture("warned", "EUR", "Europe/Berlin");
        workQueueFixture = new io.tenantry.workqueue.WorkQueueFixture(billingFixture.tenant);
        var audit = new AuditTrail();
        ProviderAccountFixture.inject(audit, "sql", billingFixture.sql);
        var prices = new OveragePrices(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                audit,
                new TenantDirectory(Database.administration()));
        billingFixture.clock.stopAt(SEPTEMBER.plusSeconds(1));
        assertThat(billingFixture.in(() -> prices.publish(billingFixture.money("0.01"))))
                .isEqualTo(OveragePrices.Outcome.DONE);
        price = billingFixture.price("7.30");
        person = UUID.randomUUID();
        Database.asOwner("insert into t_warned.person (id, email, name, created_at) values ('" + person
                + "', 'olga@kiosk.example', 'Olga', now())");
    }

    @BeforeEach
    void prepare() {
        workQueueFixture.clear();
        billingFixture.clock.stopAt(OCTOBER);
        wallet = billingFixture.wallet("100");
        organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        Database.asOwner("insert into t_warned.organization (id, name, billing_email, country, created_at) values ('"
                + organization + "', 'Kiosk', 'k@kiosk.example', 'DE', now())");
        Database.asOwner("insert into t_warned.membership (organization_id, person_id, role, joined_at) values ('"
                + organization + "', '" + person + "', 'owner', now())");
    }

    @Test
    void sendsEachAlertOncePerPeriod() {
        var service = rentServer(price);
        recordTransfer(service, OCTOBER, NOVEMBER, 799);
        assertThat(alerts()).isEmpty();
        updateTransfer(service, 800);
        assertThat(alerts()).containsExactly("TRANSFER_NEARLY_USED Kiosk 80");
        updateTransfer(service, 999);
        assertThat(alerts()).hasSize(1);
        updateTransfer(service, 1000);
        assertThat(alerts()).containsExactly("TRANSFER_NEARLY_USED Kiosk 80", "TRANSFER_USED Kiosk 100");
        updateTransfer(service, 5000);
        assertThat(alerts()).hasSize(2);
    }

    @Test
    void doesNotSendTheLowerAlertAfterTheHigher() {
        var service = rentServer(price);
        recordTransfer(service, OCTOBER, NOVEMBER, 1200);
        assertThat(alerts()).containsExactly("TRANSFER_USED Kiosk 100");
        rentServer(price);
        updateTransfer(service, 1700);
        assertThat(alerts()).hasSize(1);
    }

    @Test
    void countsIncludedTransferOfAllServersUntilThePeriodEnds() {
        var service = rentServer(price);
        recordTransfer(service, OCTOBER, NOVEMBER, 900);
        recordTransfer(rentServer(price), OCTOBER, NOVEMBER, 10);
        billingFixture.clock.stopAt(OCTOBER.plus(Duration.ofDays(1)));
        assertThat(alerts()).isEmpty();
        updateTransfer(service, 1590);
        assertThat(alerts()).containsExactly("TRANSFER_NEARLY_USED Kiosk 80");
    }

    @Test
    void countsALargerPlanFromTheHourAfterItsChange() {
        var large = billingFixture.price("7.30");
        billingFixture.in(() -> billingFixture.sql.update(
                "update plan set transfer_gib = 2000 where id = (select plan_id from price_version where id = ?)",
                large));
        var server = billingFixture.rent(wallet, price, OCTOBER);
        recordTransfer(server.service(), OCTOBER, NOVEMBER, 1199);
        var half = Instant.parse("2026-10-16T12:00:00Z");
        billingFixture.change(server, large, half);
        billingFixture.clock.stopAt(half);
        assertThat(alerts()).as("500 and 1000 GiB until the end").isEmpty();
        updateTransfer(server.service(), 1200);
        assertThat(alerts()).containsExactly("TRANSFER_NEARLY_USED Kiosk 80");
    }

    @Test
    void alertsAgainInTheNextPeriod() {
        var service = rentServer(price);
        recordTransfer(service, OCTOBER, NOVEMBER, 1200);
        alerts();
        billingFixture.clock.stopAt(NOVEMBER.plusSeconds(60));
        recordTransfer(service, NOVEMBER, Instant.parse("2026-12-01T00:00:00Z"), 1200);
        assertThat(alerts()).containsExactly("TRANSFER_USED Kiosk 100", "TRANSFER_USED Kiosk 100");
    }

    @Test
    void sendsNoAlertsWhenTransferIsFree() {
        var unlimited = billingFixture.price("7.30");
        billingFixture.in(() -> billingFixture.sql.update("""
                update plan
                   set transfer_unlimited = true, transfer_gib = 0
                 where id = (select plan_id from price_version where id = ?)
                """, unlimited));
        recordTransfer(rentServer(unlimited), OCTOBER, NOVEMBER, 90_000);
        assertThat(alerts()).as("unlimited").isEmpty();

        var service = rentServer(price);
        recordTransfer(service, OCTOBER, NOVEMBER, 1200);
        billingFixture.in(() ->
                billingFixture.sql.update("update transfer_period set exact = false where service_id = ?", service));
        assertThat(alerts()).as("only estimated").isEmpty();

        recordTransfer(service, SEPTEMBER, OCTOBER, 1200);
        billingFixture.clock.stopAt(OCTOBER.minusSeconds(60));
        assertThat(alerts()).as("before a price was in force").isEmpty();
    }

    private UUID rentServer(UUID at) {
        return billingFixture.rent(wallet, at, OCTOBER).service();
    }

    private static void recordTransfer(UUID service, Instant from, Instant to, long gib) {
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into transfer_period (service_id, from_at, to_at, in_previous, in_peak, in_committed, out_previous, out_peak,
                                             out_committed, exact, read_at)
                values (?, ?, ?, 0, 0, 0, 0, ?, 0, true, ?)
                """, service, from, to, gib << 30, from));
    }

    private static void updateTransfer(UUID service, long gib) {
        billingFixture.in(() -> billingFixture.sql.update(
                "update transfer_period set out_peak = ? where service_id = ?", gib << 30, service));
    }

    /** Returns the notifications so far, after one more check. */
    private List<String> alerts() {
        billingFixture.in(() -> workQueueFixture.items.write(
                UsageAlertHandler.KIND, OverageBillingHandler.KEY, OverageBillingHandler.SUBJECT));
        workQueueFixture.makeDue();
        workQueueFixture.work(new UsageAlertHandler(new Committing()));
        return Database.texts("select kind || ' ' || subject || ' ' || detail from t_warned.notification"
                + " where organization_id = '" + organization + "' order by id");
    }

    /** Starts transactions as the container does for {@code REQUIRES_NEW}. */
    private static final class Committing extends UsageAlerts {
        Committing() {
            super(billingFixture.sql, billingFixture.clock, workQueueFixture.items);
        }

        @Override
        public int sendAlerts(ClaimedWorkItem claimedWorkItem, int limit) {
            return Database.in(billingFixture.tenant, () -> super.sendAlerts(claimedWorkItem, limit));
        }
    }
}
