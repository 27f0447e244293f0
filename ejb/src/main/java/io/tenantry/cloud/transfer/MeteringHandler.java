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
 * Reads every hour from the provider of an account what each of its services has sent and received, some services per run. It runs as long as
 * the account exists; a provider that does not answer is asked again in the next hour.
 */
@ApplicationScoped
public class MeteringHandler implements WorkHandler {
    /** The kind of its work items; the key is the account. */
    public static final String KIND = "meter-transfer";

    /** Interval between two readings of a service. */
    static final Duration EVERY = Duration.ofHours(1);

    /** Number of services per run, so that other work of the tenant is not delayed, and the lease lasts. */
    static final int TOGETHER = 20;

    private static final Duration GO_ON = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMinutes(5);

    @Inject
    MeteringTransactions transactions;

    @Inject
    Inventories inventories;

    @Inject
    Clock clock;

    /** For the container. */
    public MeteringHandler() {}

    /** For use outside a container. */
    MeteringHandler(MeteringTransactions transactions, Inventories inventories, Clock clock) {
        this.transactions = transactions;
        this.inventories = inventories;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        var due = transactions.due(claimedWorkItem);
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

    /**
     * Returns the metering capability; empty if the account is unknown, its credentials cannot be unsealed, or its provider does not meter.
     */
    private Optional<TransferMetering> metering(String account) {
        try {
            return inventories
                    .open(account)
                    .map(Inventories.OpenedAccount::provider)
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
                transactions.note(claimedWorkItem, service.id(), traffic, transferMetering.isExact());
            } catch (ProviderFailure failure) {
                transactions.tried(claimedWorkItem, service.id());
                if (isEverybodys(failure.reason())) {
                    return WorkOutcome.later(failure.comeAgainIn()
                            .filter(pause -> pause.compareTo(IDLE) > 0)
                            .orElse(IDLE));
                }
            }
        }
        return WorkOutcome.later(GO_ON);
    }

    /** Whether the failure would affect the next service as well. */
    private static boolean isEverybodys(Reason reason) {
        return switch (reason) {
            case CREDENTIALS, FORBIDDEN, RATE_LIMITED, UNREACHABLE, NO_RESPONSE, PROVIDER_ERROR -> true;
            case NOT_FOUND, INVALID, LIMIT, NO_CAPACITY, BUSY, INVALID_RESPONSE -> false;
        };
    }
}
