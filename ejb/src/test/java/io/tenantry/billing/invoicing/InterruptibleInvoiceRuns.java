package io.tenantry.billing.invoicing;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.charging.InterruptibleConnection;
import io.tenantry.billing.charging.Killer;
import io.tenantry.billing.charging.LeaseLostException;
import io.tenantry.config.ChargingSettings;
import io.tenantry.config.Settings;
import io.tenantry.tenancy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs of one tenant as the container would manage them, each step a transaction on its own connection, which may be cut. */
final class InterruptibleInvoiceRuns extends InvoiceRuns implements AutoCloseable {
    private static final Duration LEASE = Duration.ofMillis(40);

    private final InterruptibleConnection line;
    private final BillingFixture billingFixture;

    InterruptibleInvoiceRuns(Killer killer, BillingFixture billingFixture) {
        this.billingFixture = billingFixture;
        line = new InterruptibleConnection(killer);
        sql = line.sql();
        tenants = new FixtureRuns.SelectedTenants(List.of(billingFixture.tenant));
        settings = new SmallBatches();
        invoicing = new Invoicing(sql, billingFixture.clock, tenants, InvoicingFixture.trail(sql));
    }

    /** Few wallets in a batch, and a short lease, so that a dead worker does not hold it for long. */
    private static final class SmallBatches extends Settings {
        SmallBatches() {
            super(name -> null, name -> null);
        }

        @Override
        public ChargingSettings charging() {
            return new ChargingSettings(true, 2, 2, 20_000, LEASE);
        }
    }

    @Override
    public Instant reached() {
        return billingFixture.clock.instant();
    }

    @Override
    public List<TenantId> unopened(Instant until) {
        return transaction("unopened", () -> super.unopened(until));
    }

    @Override
    public int open(TenantId id, Instant until) {
        return transaction("open", () -> super.open(id, until));
    }

    @Override
    public Optional<Claim> claim(Instant until) {
        return transaction("claim", () -> super.claim(until));
    }

    @Override
    public boolean begin(Claim claim) {
        return transaction("begin", () -> super.begin(claim));
    }

    @Override
    public Optional<Claim> issueNext(Claim claim) {
        return transaction("issue", () -> super.issueNext(claim));
    }

    @Override
    public void park(Claim claim, String error) {
        transaction("park", () -> {
            super.park(claim, error);
            return error;
        });
    }

    @Override
    public int retryAll() {
        return transaction("retry", super::retryAll);
    }

    private <T> T transaction(String name, Supplier<T> work) {
        return line.transaction(name, LeaseLostException.class, work);
    }

    /** Acts as if the process ended: uncommitted work is rolled back. */
    @Override
    public void close() {
        line.close();
    }
}
