package io.tenantry.cloud.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.billing.wallet.WalletBalanceChanged;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkQueueFixture;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transfer beyond what plans include is charged once, at the price in force when the period began. */
class OverageBillingTest {
    private static final Instant SEPTEMBER = Instant.parse("2026-09-01T00:00:00Z");
    private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant SETTLED =
            NOVEMBER.plus(OverageBilling.SETTLED_AFTER).plusSeconds(60);

    private static BillingFixture billingFixture;
    private static WorkQueueFixture workQueueFixture;
    private static RepeatedBilling bills;
    private static UUID price;
    private UUID wallet;

    @BeforeAll
    static void open() {
        billingFixture = new BillingFixture("billed", "EUR", "Europe/Berlin");
        workQueueFixture = new WorkQueueFixture(billingFixture.tenant);
        var wallets = new Wallets(billingFixture.sql, billingFixture.clock, billingFixture.ledger);
        inject(wallets, "moved", ignoringEvent());
        bills = new RepeatedBilling(new ItemCharges(wallets));
        var audit = new AuditTrail();
        inject(audit, "sql", billingFixture.sql);
        var prices = new OveragePrices(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                audit,
                new TenantDirectory(Database.administration()));
        billingFixture.clock.stopAt(SEPTEMBER.plusSeconds(1));
        assertThat(billingFixture.in(() -> prices.publish(billingFixture.money("0.01"))))
                .isEqualTo(OveragePrices.Outcome.DONE);
        assertThat(billingFixture.in(() -> prices.publish(billingFixture.money("0.01"))))
                .isEqualTo(OveragePrices.Outcome.UNCHANGED);
        assertThat(billingFixture.in(() -> prices.publish(billingFixture.money("1000.01"))))
                .isEqualTo(OveragePrices.Outcome.INVALID);
        price = billingFixture.price("7.30");
    }

    @BeforeEach
    void prepare() {
        workQueueFixture.clear();
        billingFixture.clock.stopAt(OCTOBER);
        wallet = billingFixture.wallet("100");
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(billingFixture.tenant, "transfer")).isEmpty();
    }

    @Test
    void chargesOverageOfAllPlansTogetherOnce() {
        recordTransfer(rentServer(OCTOBER), 1500, true);
        recordTransfer(rentServer(OCTOBER), 600, true);
        var before = balanceOnceSettled();
        billPeriod();
        billPeriod();

        assertThat(billingFixture.balance(wallet)).isEqualTo(before.minus(billingFixture.money("1")));
        assertThat(entries()).hasSize(1);
    }

    @Test
    void sharesIncludedTransferAmongServers() {
        recordTransfer(rentServer(OCTOBER), 1500, true);
        recordTransfer(rentServer(OCTOBER), 400, true);
        var before = balanceOnceSettled();
        billPeriod();

        assertThat(billingFixture.balance(wallet)).isEqualTo(before);
        assertThat(entries()).isEmpty();
    }

    @Test
    void chargesOnlyTwoDaysAfterThePeriodEnds() {
        recordTransfer(rentServer(OCTOBER), 1500, true);
        var before = balanceOnceSettled();
        billingFixture.clock.stopAt(NOVEMBER.plus(OverageBilling.SETTLED_AFTER));
        billPeriod();
        assertThat(billingFixture.balance(wallet)).isEqualTo(before);

        billingFixture.clock.stopAt(SETTLED);
        billPeriod();
        assertThat(billingFixture.balance(wallet)).isEqualTo(before.minus(billingFixture.money("5")));
    }

    @Test
    void doesNotChargeTransferReportedAfterBilling() {
        var service = rentServer(OCTOBER);
        recordTransfer(service, 1500, true);
        balanceOnceSettled();
        billPeriod();
        var after = billingFixture.balance(wallet);
        billingFixture.in(() -> billingFixture.sql.update(
                "update transfer_period set out_peak = out_peak * 2 where service_id = ?", service));
        billPeriod();

        assertThat(billingFixture.balance(wallet)).isEqualTo(after);
    }

    @Test
    void proratesIncludedTransferToChargedHours() {
        recordTransfer(rentServer(Instant.parse("2026-10-16T12:00:00Z")), 600, true);
        var before = balanceOnceSettled();
        billPeriod();

        assertThat(billingFixture.balance(wallet)).isEqualTo(before.minus(billingFixture.money("1")));
    }

    @Test
    void proratesIncludedTransferOfConsecutivePlans() {
        var large = plan("update plan set transfer_gib = 2000");
        var server = billingFixture.rent(wallet, price, OCTOBER);
        billingFixture.change(server, large, Instant.parse("2026-10-16T12:00:00Z"));
        recordTransfer(server.service(), 1600, true);
        var before = balanceOnceSettled();
        billPeriod();

        assertThat(billingFixture.balance(wallet))
                .as("500 and 1000 GiB are included")
                .isEqualTo(before.minus(billingFixture.money("1")));
    }

    @Test
    void countsTheHourOfAPlanChangeForTheEarlierPlan() {
        var none = plan("update plan set transfer_gib = 0");
        var server = billingFixture.rent(wallet, price, OCTOBER);
        billingFixture.change(server, none, Instant.parse("2026-10-16T11:00:01Z"));
        recordTransfer(server.service(), 600, true);
        var before = balanceOnceSettled();
        billPeriod();

        assertThat(billingFixture.balance(wallet)).isEqualTo(before.minus(billingFixture.money("1")));
    }

    @Test
    void ignoresAnUnlimitedPlanWithinAStartedHour() {
        var unlimited = plan("update plan set transfer_unlimited = true, transfer_gib = 0");
        var server = billingFixture.rent(wallet, price, OCTOBER);
        billingFixture.change(server, unlimited, Instant.parse("2026-10-16T12:10:00Z"));
        billingFixture.change(server, price, Instant.parse("2026-10-16T12:20:00Z"));
        recordTransfer(server.service(), 1100, true);
        var before = balanceOnceSettled();
        billPeriod();

        assertThat(billingFixture.balance(wallet)).isEqualTo(before.minus(billingFixture.money("1")));
    }

    /** Creates the price of another plan with this change. */
    private static UUID plan(String change) {
        var other = billingFixture.price("7.30");
        billingFixture.in(() -> billingFixture.sql.update(
                change + " where id = (select plan_id from price_version where id = ?)", other));
        return other;
    }

    @Test
    void excludesAnUnlimitedPlanFromOverageAndThePool() {
        var unlimited = billingFixture.price("7.30");
        billingFixture.in(() -> billingFixture.sql.update("""
                update plan
                   set transfer_unlimited = true, transfer_gib = 0
                 where id = (select plan_id from price_version where id = ?)
                """, unlimited));
        recordTransfer(billingFixture.rent(wallet, unlimited, OCTOBER).service(), 90_000, true);
        recordTransfer(rentServer(OCTOBER), 1500, true);
        var before = balanceOnceSettled();
        billPeriod();

        assertThat(billingFixture.balance(wallet)).isEqualTo(before.minus(billingFixture.money("5")));
        assertThat(entries()).hasSize(1);
    }

    @Test
    void doesNotChargeEstimatedTransfer() {
        recordTransfer(rentServer(OCTOBER), 1500, false);
        var before = balanceOnceSettled();
        billPeriod();

        assertThat(billingFixture.balance(wallet)).isEqualTo(before);
    }

    @Test
    void doesNotApplyAPriceToAPeriodAlreadyStarted() {
        billingFixture.clock.stopAt(SEPTEMBER);
        var service = rentServer(SEPTEMBER);
        recordPeriod(service, SEPTEMBER, OCTOBER, 1500, true);
        billingFixture.clock.stopAt(OCTOBER.plus(OverageBilling.SETTLED_AFTER).plusSeconds(60));
        billingFixture.charge(billingFixture.clock.instant());
        var before = billingFixture.balance(wallet);
        billPeriod();

        assertThat(billingFixture.balance(wallet)).isEqualTo(before);
    }

    @Test
    void chargesAPeriodOnceWhenTwoWorkersProcessIt() {
        recordTransfer(rentServer(OCTOBER), 1500, true);
        var before = balanceOnceSettled();
        bills.repeatsPeriods = true;
        billPeriod();
        bills.repeatsPeriods = false;

        assertThat(billingFixture.balance(wallet)).isEqualTo(before.minus(billingFixture.money("5")));
        assertThat(entries()).hasSize(1);
    }

    private UUID rentServer(Instant at) {
        billingFixture.clock.stopAt(at);
        return billingFixture.rent(wallet, price, at).service();
    }

    private void recordTransfer(UUID service, long gib, boolean isExact) {
        recordPeriod(service, OCTOBER, NOVEMBER, gib, isExact);
    }

    private static void recordPeriod(UUID service, Instant from, Instant to, long gib, boolean isExact) {
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into transfer_period (service_id, from_at, to_at, in_previous, in_peak, in_committed, out_previous, out_peak,
                                             out_committed, exact, read_at)
                values (?, ?, ?, 0, 0, 0, 0, ?, 0, ?, ?)
                """, service, from, to, gib << 30, isExact, to));
    }

    /** Charges all hours and lets the providers' two days pass. */
    private io.tenantry.kernel.money.Money balanceOnceSettled() {
        billingFixture.clock.stopAt(SETTLED);
        billingFixture.charge(SETTLED);
        return billingFixture.balance(wallet);
    }

    private static void billPeriod() {
        billingFixture.in(() -> workQueueFixture.items.write(
                OverageBillingHandler.KIND, OverageBillingHandler.KEY, OverageBillingHandler.SUBJECT));
        workQueueFixture.makeDue();
        workQueueFixture.work(new OverageBillingHandler(bills));
    }

    private List<String> entries() {
        return billingFixture.in(() -> billingFixture.sql.query("""
                select e.source
                  from journal_entry e
                  join posting p on p.entry_id = e.id
                 where p.account_id = ? and e.source like 'transfer:%'
                """, row -> row.text("source"), wallet));
    }

    private static void inject(Object bean, String name, Object value) {
        io.tenantry.cloud.provider.account.ProviderAccountFixture.inject(bean, name, value);
    }

    @SuppressWarnings("unchecked")
    private static Event<WalletBalanceChanged> ignoringEvent() {
        return (Event<WalletBalanceChanged>) Proxy.newProxyInstance(
                OverageBillingTest.class.getClassLoader(),
                new Class<?>[] {Event.class},
                (proxy, method, arguments) -> null);
    }

    /**
     * Starts transactions as the container does for {@code REQUIRES_NEW}; optionally processes each period twice, as if two workers had listed
     * it at once.
     */
    private static final class RepeatedBilling extends OverageBilling {
        private boolean repeatsPeriods;

        RepeatedBilling(ItemCharges items) {
            super(billingFixture.sql, billingFixture.clock, workQueueFixture.items, items);
        }

        @Override
        public List<Period> due(ClaimedWorkItem claimedWorkItem, int limit) {
            List<Period> found = Database.in(billingFixture.tenant, () -> super.due(claimedWorkItem, limit));
            var all = new ArrayList<>(found);
            if (repeatsPeriods) {
                all.addAll(found);
            }
            return all;
        }

        @Override
        public void billPeriod(ClaimedWorkItem claimedWorkItem, Period period) {
            Database.run(billingFixture.tenant, () -> super.billPeriod(claimedWorkItem, period));
        }
    }
}
