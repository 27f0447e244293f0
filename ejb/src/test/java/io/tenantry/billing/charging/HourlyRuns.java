package io.tenantry.billing.charging;

import io.tenantry.billing.wallet.WalletBalanceChanged;
import io.tenantry.config.Settings;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Boundary;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs as the container would manage them, each step a transaction, on one node. */
public final class HourlyRuns extends ChargingRuns {
    private final Boundary boundary;

    public HourlyRuns(
            Sql sql,
            MovableClock clock,
            TenantDirectory tenants,
            Settings settings,
            Charging charging,
            Boundary boundary) {
        this.sql = sql;
        this.clock = clock;
        this.tenants = tenants;
        this.settings = settings;
        this.charging = charging;
        this.boundary = boundary;
    }

    /** Charges every hour that started before the instant and is not charged yet. */
    public void charge(Instant until, Consumer<RunParked> parked) {
        var unusedRuns = open(until);
        var unusedSlices = new ChargingWorker(this, parked).work(() -> true);
    }

    /** Returns an event that notifies charging as the container does: charging checks each wallet in which money was moved. */
    @SuppressWarnings("unchecked")
    public static Event<WalletBalanceChanged> heardBy(Charging charging) {
        return (Event<WalletBalanceChanged>) Proxy.newProxyInstance(
                HourlyRuns.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("fire")) {
                        charging.walletMoved((WalletBalanceChanged) arguments[0]);
                    }
                    return null;
                });
    }

    @Override
    public int open(Instant upTo) {
        return boundary.in("runs open", () -> super.open(upTo));
    }

    @Override
    public List<UnslicedRun> unplanned() {
        return boundary.in("runs unplanned", super::unplanned);
    }

    @Override
    public Charging.RunOutcome chargeWhole(UnslicedRun run, boolean waits) {
        return boundary.in("runs charge whole", () -> super.chargeWhole(run, waits));
    }

    @Override
    public Optional<Claim> plan(UnslicedRun run) {
        return boundary.in("runs plan", () -> super.plan(run));
    }

    @Override
    public void park(UnslicedRun run, String error) {
        boundary.run("runs park run", () -> super.park(run, error));
    }

    @Override
    public Optional<Claim> claim() {
        return boundary.in("runs claim", super::claim);
    }

    @Override
    public Optional<Claim> chargeNext(Claim claim) {
        return boundary.in("runs charge", () -> super.chargeNext(claim));
    }

    @Override
    public void park(Claim claim, String error) {
        boundary.run("runs park slice", () -> super.park(claim, error));
    }
}
