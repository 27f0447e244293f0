package io.tenantry.billing.invoicing;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.config.ChargingSettings;
import io.tenantry.config.Settings;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Runs as the container would manage them, each step a transaction, for the tenants the test selects. */
class FixtureRuns extends InvoiceRuns {
    private Instant reached;

    FixtureRuns(Instant reached, InvoicingFixture first, InvoicingFixture... others) {
        this.reached = reached;
        var all = Stream.concat(Stream.of(first), Arrays.stream(others))
                .map(invoicingFixture -> invoicingFixture.billingFixture.tenant)
                .toList();
        sql = first.billingFixture.sql;
        invoicing = first.invoicing;
        tenants = new SelectedTenants(all);
        settings = new SmallBatches();
        first.billingFixture.clock.stopAt(reached);
    }

    /** Few wallets in a batch, and a short lease, so that a dead worker does not hold it for long. */
    private static final class SmallBatches extends Settings {
        SmallBatches() {
            super(name -> null, name -> null);
        }

        @Override
        public ChargingSettings charging() {
            return new ChargingSettings(true, 2, 2, 20_000, Duration.ofMillis(200));
        }
    }

    /** Other tests have tenants in the same database. */
    static final class SelectedTenants extends TenantDirectory {
        private final List<TenantId> tenants;

        SelectedTenants(List<TenantId> tenants) {
            super(Database.administration());
            this.tenants = tenants;
        }

        @Override
        public List<Tenant> chargeable() {
            return super.chargeable().stream()
                    .filter(tenant -> tenants.contains(tenant.id()))
                    .toList();
        }
    }

    /** Advances the clock. */
    void advance(BillingFixture billingFixture, Instant later) {
        reached = later;
        billingFixture.clock.stopAt(later);
    }

    /** Performs the job's work. */
    void work() {
        var worker = new InvoiceWorker(this);
        var unusedOpened = worker.open();
        var unusedRuns = worker.work(() -> true);
    }

    @Override
    public Instant reached() {
        return reached;
    }

    @Override
    public List<TenantId> unopened(Instant until) {
        return Database.in(Scope.WORK, () -> super.unopened(until));
    }

    @Override
    public int open(TenantId id, Instant until) {
        return Database.in(id, () -> super.open(id, until));
    }

    @Override
    public Optional<Claim> claim(Instant until) {
        return Database.in(Scope.WORK, () -> super.claim(until));
    }

    @Override
    public boolean begin(Claim claim) {
        return Database.in(claim.tenant(), () -> super.begin(claim));
    }

    @Override
    public Optional<Claim> issueNext(Claim claim) {
        return step(claim, () -> super.issueNext(claim));
    }

    <T> T step(Claim claim, Supplier<T> work) {
        return Database.in(claim.tenant(), work);
    }

    @Override
    public void park(Claim claim, String error) {
        Database.run(claim.tenant(), () -> super.park(claim, error));
    }

    @Override
    public boolean hasClaimable(Instant until) {
        return Database.in(Scope.WORK, () -> super.hasClaimable(until));
    }

    @Override
    public int retryAll() {
        return Database.in(Scope.WORK, super::retryAll);
    }

    /** Returns the state of a tenant's runs as {@code month state documents waiting}, without empty ones. */
    static List<String> states(BillingFixture billingFixture) {
        return Database.texts("select to_char(month, 'YYYY-MM') || ' ' || state || ' ' || documents || ' ' || waiting"
                + " from work.invoicing_run where tenant = '" + billingFixture.tenant.value()
                + "' and (state <> 'DONE' or documents > 0) order by month");
    }
}
