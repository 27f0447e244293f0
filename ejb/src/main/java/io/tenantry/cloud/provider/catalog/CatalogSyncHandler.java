package io.tenantry.cloud.provider.catalog;

import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.account.ProviderAccountRepository;
import io.tenantry.cloud.provider.account.ProviderClients;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Reads the catalog of an account's provider once a day, so that price changes are noticed without a manual check. It runs as long as the
 * account exists; a provider that does not answer is asked again after growing pauses, and then on the next day: the stored catalog remains,
 * and staff need not decide anything.
 */
@ApplicationScoped
public class CatalogSyncHandler implements WorkHandler {
    /** The kind of its work items; the subject is the account. */
    public static final String KIND = "catalog-sync";

    /** Interval between two syncs. */
    static final Duration EVERY = Duration.ofDays(1);

    /** Number of failed attempts after which it pauses until the next day. */
    static final int ATTEMPTS_MAX = 5;

    @Inject
    CatalogSyncSchedule rounds;

    @Inject
    ProviderClients providerClients;

    /** For the container. */
    public CatalogSyncHandler() {}

    /** For use outside a container. */
    CatalogSyncHandler(CatalogSyncSchedule rounds, ProviderClients providerClients) {
        this.rounds = rounds;
        this.providerClients = providerClients;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        var kept = rounds.account(claimedWorkItem);
        if (kept.isEmpty()) {
            return WorkOutcome.done();
        }
        ProviderClients.OpenedClient account;
        try {
            account = providerClients.open(kept.get());
        } catch (ProviderFailure shut) {
            return failed(claimedWorkItem, shut, String.valueOf(shut.getMessage()));
        }
        return read(claimedWorkItem, kept.get(), account);
    }

    private WorkOutcome read(
            ClaimedWorkItem claimedWorkItem,
            ProviderAccountRepository.StoredAccount storedAccount,
            ProviderClients.OpenedClient account) {
        ProviderCatalog providerCatalog;
        try {
            providerCatalog = account.provider().readCatalog();
        } catch (ProviderFailure failure) {
            return failed(claimedWorkItem, failure, account.masked(String.valueOf(failure.getMessage())));
        }
        var unused = rounds.take(claimedWorkItem, storedAccount, providerCatalog);
        return WorkOutcome.later(EVERY);
    }

    private static WorkOutcome failed(ClaimedWorkItem claimedWorkItem, ProviderFailure failure, String words) {
        return claimedWorkItem.attempt() < ATTEMPTS_MAX
                ? new WorkOutcome.Failed(words, failure.comeAgainIn())
                : WorkOutcome.later(EVERY);
    }
}
