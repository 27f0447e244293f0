package io.tenantry.cloud.transfer;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.TransferMetering;
import io.tenantry.cloud.reconciliation.Inventories;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
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
public class MeteringHandler implements WorkHandler {
    /** Its kind of work; the key is the account. */
    public static final String KIND = "meter";

    /** So often a service is asked for. */
    static final Duration EVERY = Duration.ofHours(1);

    /** So many services a turn, so that others of the tenant get theirs, and the lease lasts. */
    static final int TOGETHER = 20;

    private static final Duration GO_ON = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMinutes(5);

    @Inject
    MeteringTransactions steps;

    @Inject
    Inventories inventories;

    @Inject
    Clock clock;

    /** For the container. */
    public MeteringHandler() {}

    /** For use outside a container. */
    MeteringHandler(MeteringTransactions steps, Inventories inventories, Clock clock) {
        this.steps = steps;
        this.inventories = inventories;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        var due = steps.due(claimedWorkItem);
        if (!due.isKnown()) {
            return WorkOutcome.done();
        }
        if (due.services().isEmpty()) {
            return WorkOutcome.later(IDLE);
        }
        return metering(due.account())
                .map(transferMetering -> read(claimedWorkItem, due, transferMetering))
                .orElseGet(() -> WorkOutcome.later(EVERY));
    }

    /** Empty if nobody knows the account, its credentials do not open, or its vendor does not count. */
    private Optional<TransferMetering> metering(String account) {
        try {
            return inventories
                    .open(account)
                    .map(Inventories.Opened::provider)
                    .filter(TransferMetering.class::isInstance)
                    .map(TransferMetering.class::cast);
        } catch (ProviderFailure shut) {
            return Optional.empty();
        }
    }

    private WorkOutcome read(
            ClaimedWorkItem claimedWorkItem, MeteringTransactions.Due due, TransferMetering transferMetering) {
        for (var service : due.services()) {
            try {
                var traffic = transferMetering.traffic(service.upstreamId(), clock.instant());
                steps.note(claimedWorkItem, service.id(), traffic, transferMetering.isExact());
            } catch (ProviderFailure failure) {
                steps.tried(claimedWorkItem, service.id());
                if (isEverybodys(failure.reason())) {
                    return WorkOutcome.later(failure.comeAgainIn()
                            .filter(pause -> pause.compareTo(IDLE) > 0)
                            .orElse(IDLE));
                }
            }
        }
        return WorkOutcome.later(GO_ON);
    }

    /** Whether the next service would be told the same. */
    private static boolean isEverybodys(Reason reason) {
        return switch (reason) {
            case CREDENTIALS, FORBIDDEN, TOO_OFTEN, UNREACHABLE, NO_ANSWER, VENDOR -> true;
            case NOT_FOUND, INVALID, LIMIT, NO_CAPACITY, BUSY, NOT_UNDERSTOOD -> false;
        };
    }
}
