package io.tenantry.usage;

import io.tenantry.provider.Metering;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.reconciling.Inventories;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks the vendor of an account every hour what each of its services has sent and received, some services a turn. It never ends, but with
 * the account; a vendor that does not say is asked again in the next hour.
 */
@ApplicationScoped
public class Meter implements Worker {
    /** Its kind of work; the key is the account. */
    public static final String KIND = "meter";

    /** So often a service is asked for. */
    static final Duration EVERY = Duration.ofHours(1);

    /** So many services a turn, so that others of the tenant get theirs, and the lease lasts. */
    static final int TOGETHER = 20;

    private static final Duration GO_ON = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMinutes(5);

    @Inject
    MeterSteps steps;

    @Inject
    Inventories inventories;

    @Inject
    Clock clock;

    /** For the container. */
    public Meter() {}

    /** For use outside a container. */
    Meter(MeterSteps steps, Inventories inventories, Clock clock) {
        this.steps = steps;
        this.inventories = inventories;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        var due = steps.due(work);
        if (!due.isKnown()) {
            return Outcome.done();
        }
        if (due.services().isEmpty()) {
            return Outcome.later(IDLE);
        }
        return metering(due.account())
                .map(metering -> read(work, due, metering))
                .orElseGet(() -> Outcome.later(EVERY));
    }

    /** Empty if nobody knows the account, its credentials do not open, or its vendor does not count. */
    private Optional<Metering> metering(String account) {
        try {
            return inventories
                    .open(account)
                    .map(Inventories.Opened::provider)
                    .filter(Metering.class::isInstance)
                    .map(Metering.class::cast);
        } catch (ProviderFailure shut) {
            return Optional.empty();
        }
    }

    private Outcome read(Work work, MeterSteps.Due due, Metering metering) {
        for (var service : due.services()) {
            try {
                var traffic = metering.traffic(service.upstreamId(), clock.instant());
                steps.note(work, service.id(), traffic, metering.isExact());
            } catch (ProviderFailure failure) {
                steps.tried(work, service.id());
                if (isEverybodys(failure.reason())) {
                    return Outcome.later(failure.comeAgainIn()
                            .filter(pause -> pause.compareTo(IDLE) > 0)
                            .orElse(IDLE));
                }
            }
        }
        return Outcome.later(GO_ON);
    }

    /** Whether the next service would be told the same. */
    private static boolean isEverybodys(Reason reason) {
        return switch (reason) {
            case CREDENTIALS, FORBIDDEN, TOO_OFTEN, UNREACHABLE, NO_ANSWER, VENDOR -> true;
            case NOT_FOUND, INVALID, LIMIT, NO_CAPACITY, BUSY, NOT_UNDERSTOOD -> false;
        };
    }
}
