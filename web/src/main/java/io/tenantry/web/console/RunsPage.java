package io.tenantry.web.console;

import io.tenantry.charging.ChargingRuns;
import io.tenantry.charging.RunsConsole;
import io.tenantry.config.Settings;
import io.tenantry.money.Money;
import io.tenantry.platform.DemoClock;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.time.MovableClock;
import io.tenantry.web.shell.Fmt;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.LazyDataModel;

/** Charging, hour by hour and tenant by tenant, as it goes on. */
@Named
@ViewScoped
public class RunsPage implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Seconds between looks while something is being charged, and while nothing is. */
    private static final int BUSY_SECONDS = 2;

    private static final int CALM_SECONDS = 10;

    /** So long after charging was asked for, runs may be about to begin. */
    private static final long ASKED_NANOS = 20_000_000_000L;

    @Inject
    RunsConsole runs;

    @Inject
    DemoClock demoClock;

    @Inject
    TenantDirectory directory;

    @Inject
    Settings settings;

    @Inject
    Clock clock;

    @Inject
    MovableClock movable;

    @Inject
    Fmt fmt;

    private String tenant = "";
    private long askedAtNanos = System.nanoTime() - ASKED_NANOS;
    private boolean unfinished;
    private final Rows<ChargingRuns.View> rows = new Rows<>(new Found());

    /** Charges whatever is due. */
    public void chargeNow() {
        runs.chargeNow();
        askedAtNanos = System.nanoTime();
        Notices.done(fmt.text("runs.requested"));
    }

    /** Tries a failed run again. */
    public void retry(ChargingRuns.View run) {
        runs.retry(run.id());
        Notices.done(fmt.text("runs.retried", nameOf(run.tenant())));
    }

    /** Moves a demo's clock forward, then charges what became due. */
    public void forward(int hours) {
        var now = demoClock.forward(Duration.ofHours(hours));
        runs.chargeNow();
        askedAtNanos = System.nanoTime();
        Notices.done(fmt.text("runs.moved", fmt.date(now, "moment")));
    }

    public LazyDataModel<ChargingRuns.View> getRows() {
        return rows;
    }

    /** Whether anything is not charged yet. */
    public boolean isBusy() {
        return waiting() > 0;
    }

    /** Runs that are not done. */
    public int waiting() {
        return runs.count(new ChargingRuns.Filter(null, true, 0, 1));
    }

    /** Seconds to the next look. */
    public int getInterval() {
        return isBusy() || System.nanoTime() - askedAtNanos < ASKED_NANOS ? BUSY_SECONDS : CALM_SECONDS;
    }

    public boolean isDemo() {
        return settings.demo();
    }

    /** What time it is for everybody. */
    public Instant getNow() {
        return clock.instant();
    }

    /** When a failed run is tried again, by the clock that everybody sees: retries wait in real time. */
    public Instant shown(Instant retryAt) {
        return retryAt.plus(movable.offset());
    }

    /** The tenants to choose from. */
    public List<Tenant> getTenants() {
        return directory.all();
    }

    public String nameOf(TenantId id) {
        return directory.byId(id).map(Tenant::name).orElse(id.value());
    }

    /** What a run charged; empty when its tenant is gone. */
    public @Nullable Money amountOf(ChargingRuns.View run) {
        return directory
                .byId(run.tenant())
                .map(known -> new Money(run.amount(), known.currency()))
                .orElse(null);
    }

    public String getTenant() {
        return tenant;
    }

    public void setTenant(@Nullable String tenant) {
        this.tenant = Objects.requireNonNullElse(tenant, "");
    }

    public boolean isUnfinished() {
        return unfinished;
    }

    public void setUnfinished(boolean unfinished) {
        this.unfinished = unfinished;
    }

    private ChargingRuns.Filter filter(int first, int limit) {
        var only = Optional.of(tenant).filter(TenantId::isSlug).map(TenantId::new);
        return new ChargingRuns.Filter(only.orElse(null), unfinished, first, limit);
    }

    private final class Found implements Rows.Source<ChargingRuns.View> {
        @Override
        public int count() {
            return runs.count(filter(0, 1));
        }

        @Override
        public List<ChargingRuns.View> page(int first, int limit) {
            return runs.list(filter(first, limit));
        }
    }
}
