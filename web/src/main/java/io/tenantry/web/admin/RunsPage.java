package io.tenantry.web.admin;

import io.tenantry.admin.platform.DemoClock;
import io.tenantry.billing.charging.RunAdministration;
import io.tenantry.billing.charging.RunQuery;
import io.tenantry.config.Settings;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The progress of charging by hour and tenant. */
@Named
@RequestScoped
public class RunsPage {
    /** The seconds after a charging request in which runs may be about to start. */
    private static final int ASKED_SECONDS = 20;

    @Inject
    RunAdministration runs;

    @Inject
    RunColumns columns;

    @Inject
    DemoClock demoClock;

    @Inject
    Settings settings;

    @Inject
    Clock clock;

    @Inject
    MovableClock movable;

    @Inject
    CurrentPerson me;

    @Inject
    Tables tables;

    @Inject
    Format format;

    private @Nullable Table<RunQuery.RunSummary> table;
    private @Nullable Integer waiting;
    private @Nullable Instant destination;
    private boolean isDestinationKnown;
    private @Nullable Integer retried;
    private long asked;

    /** Charges all hours that are due. */
    public void chargeNow() {
        runs.chargeNow();
        goOn(format.text("runs.requested"));
    }

    /** Moves a demo's clock forward, day by day, and processes everything that is due on each day. */
    public void forward(int hours) {
        var destination = demoClock.forward(Duration.ofHours(hours));
        goOn(format.text("runs.moving", format.date(destination, "moment")));
    }

    /** Redirects to the same list, which then checks whether runs start. */
    private void goOn(String done) {
        var here = getTable().address().getHref();
        PageResult.go(RetryRunsServlet.with(here, "asked=" + movable.real().getEpochSecond()), done);
    }

    public Table<RunQuery.RunSummary> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "runs",
                    "/admin/runs",
                    List.of(),
                    columns.columns(),
                    columns.filters(),
                    listQuery ->
                            me.may(Permission.PLATFORM_CHARGING_VIEW) ? runs.find(listQuery) : ResultPage.nothing());
            table = known;
        }
        return known;
    }

    /** Whether runs may be retried and requested. */
    public boolean isManaged() {
        return me.may(Permission.PLATFORM_CHARGING_MANAGE);
    }

    /** Returns the number of runs that are not done; counted up to a thousand. */
    public int getWaiting() {
        var known = waiting;
        if (known == null) {
            known = me.may(Permission.PLATFORM_CHARGING_VIEW) ? runs.count(new RunQuery.Filter(null, true, 0, 1)) : 0;
            waiting = known;
        }
        return known;
    }

    /** Returns the instant to which a demo's clock is moving; null if it is not moving. */
    public @Nullable Instant getDestination() {
        if (!isDestinationKnown) {
            destination = demoClock.destination().map(movable.real()::plus).orElse(null);
            isDestinationKnown = true;
        }
        return destination;
    }

    /** Whether anything is still to be charged. */
    public boolean isBusy() {
        return getWaiting() > 0;
    }

    /** Whether charging was requested just now. */
    public boolean isExpected() {
        return Math.abs(movable.real().getEpochSecond() - asked) < ASKED_SECONDS;
    }

    public boolean isDemo() {
        return settings.demo();
    }

    /** Returns the displayed time. */
    public Instant getNow() {
        return clock.instant();
    }

    /** Converts the time of a failed run's retry to the displayed clock: retries wait in real time. */
    public Instant shown(Instant retryAt) {
        return retryAt.plus(movable.offset());
    }

    public String nameOf(TenantId id) {
        return columns.nameOf(id);
    }

    /** Returns what a run charged, in each currency. */
    public List<Money> amountsOf(RunQuery.RunSummary run) {
        return columns.amountsOf(run);
    }

    /** Returns the number of runs that were just retried, if a retry was requested. */
    public @Nullable Integer getRetried() {
        return retried;
    }

    public void setRetried(@Nullable Integer retried) {
        this.retried = retried;
    }

    /** Returns the time at which charging was requested, in epoch seconds. */
    public long getAsked() {
        return asked;
    }

    public void setAsked(long asked) {
        this.asked = asked;
    }
}
