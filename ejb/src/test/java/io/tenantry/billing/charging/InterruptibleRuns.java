package io.tenantry.billing.charging;

import io.tenantry.config.ChargingSettings;
import io.tenantry.config.Settings;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs as the container would manage them, each method a transaction on its own connection, which may be cut. For one worker: each worker has
 * its own runs.
 */
final class InterruptibleRuns extends ChargingRuns implements AutoCloseable {
    /** Longer than a live worker needs for a batch; the wait for a dead one is short. */
    private static final Duration LEASE = Duration.ofMillis(40);

    private final InterruptibleConnection line;

    InterruptibleRuns(Killer killer, List<TenantId> tenants) {
        line = new InterruptibleConnection(killer);
        sql = line.sql();
        clock = new MovableClock();
        this.tenants = new Only(tenants);
        settings = new Small();
        charging = new Charging(sql, clock, new io.tenantry.kernel.ledger.Ledger(sql, clock), this.tenants);
    }

    /** Few wallets in a batch and few batches in a slice, so that there are many steps between them. */
    private static final class Small extends Settings {
        Small() {
            super(name -> null, name -> null);
        }

        @Override
        public ChargingSettings charging() {
            return new ChargingSettings(true, 2, 2, 4, LEASE);
        }
    }

    /** Other tests have tenants in the same database. */
    private static final class Only extends TenantDirectory {
        private final List<TenantId> tenants;

        Only(List<TenantId> tenants) {
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

    @Override
    public int open(Instant upTo) {
        return transaction("open", () -> super.open(upTo));
    }

    @Override
    public List<UnslicedRun> unplanned() {
        return transaction("unplanned", super::unplanned);
    }

    @Override
    public Charging.RunOutcome chargeWhole(UnslicedRun run, boolean waits) {
        return transaction("charge whole", () -> super.chargeWhole(run, waits));
    }

    @Override
    public Optional<Claim> plan(UnslicedRun run) {
        return transaction("plan", () -> super.plan(run));
    }

    @Override
    public void park(UnslicedRun run, String error) {
        transaction("park run", () -> {
            super.park(run, error);
            return error;
        });
    }

    @Override
    public Optional<Claim> claim() {
        return transaction("claim", super::claim);
    }

    @Override
    public Optional<Claim> chargeNext(Claim claim) {
        return transaction("charge", () -> super.chargeNext(claim));
    }

    @Override
    public void park(Claim claim, String error) {
        transaction("park slice", () -> {
            super.park(claim, error);
            return error;
        });
    }

    @Override
    public int retry(long runId) {
        return transaction("retry", () -> super.retry(runId));
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
