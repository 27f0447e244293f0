package io.tenantry.provider.account;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.provider.ProviderFailure;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

/**
 * Tests whether an account's credentials let us in. The vendor is asked outside of any transaction; what came of it is noted in one
 * afterwards.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ConnectionCheck {
    /** So long a person waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Access access;

    @Inject
    Accounts accounts;

    @Inject
    AccountRecords records;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    ExecutorService executor;

    /** Tests, waits for the vendor for a bounded time, and tells what came of it. */
    public Verdict check(UUID id) {
        return check(id, PATIENCE);
    }

    Verdict check(UUID id, Duration limit) {
        access.require(Permission.STAFF_PROVIDERS_MANAGE);
        var kept = records.kept(id);
        try {
            var account = accounts.open(kept);
            return noted(kept, Verdict.WORKS, account, new Patience(executor, limit));
        } catch (ProviderFailure locked) {
            return noted(kept, Verdict.of(locked), String.valueOf(locked.getMessage()));
        }
    }

    private Verdict noted(AccountRecords.Kept kept, Verdict fine, Accounts.Opened account, Patience patience) {
        try {
            return noted(kept, fine, account.masked(patience.ask(account.provider()::check)));
        } catch (ProviderFailure failure) {
            return noted(kept, Verdict.of(failure), account.masked(String.valueOf(failure.getMessage())));
        }
    }

    private Verdict noted(AccountRecords.Kept kept, Verdict verdict, String words) {
        records.tested(kept, verdict, words);
        return verdict;
    }
}
