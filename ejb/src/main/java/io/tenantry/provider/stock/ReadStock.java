package io.tenantry.provider.stock;

import io.tenantry.provider.Catalogue;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.account.AccountRecords;
import io.tenantry.provider.account.Accounts;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Reads once a day what an account's vendor sells, so that nobody has to look whether a price has moved. It never ends, but with the
 * account; a vendor that does not say is asked again after pauses that grow, and then on the next day: what was known stays, and nobody has
 * to decide anything.
 */
@ApplicationScoped
public class ReadStock implements Worker {
    /** Its kind of work; the subject is the account. */
    public static final String KIND = "stock";

    /** So often it is read. */
    static final Duration EVERY = Duration.ofDays(1);

    /** After so many attempts in vain it is left alone until the next day. */
    static final int ATTEMPTS_MAX = 5;

    @Inject
    StockRounds rounds;

    @Inject
    Accounts accounts;

    /** For the container. */
    public ReadStock() {}

    /** For use outside a container. */
    ReadStock(StockRounds rounds, Accounts accounts) {
        this.rounds = rounds;
        this.accounts = accounts;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        var kept = rounds.account(work);
        if (kept.isEmpty()) {
            return Outcome.done();
        }
        Accounts.Opened account;
        try {
            account = accounts.open(kept.get());
        } catch (ProviderFailure shut) {
            return inVain(work, shut, String.valueOf(shut.getMessage()));
        }
        return read(work, kept.get(), account);
    }

    private Outcome read(Work work, AccountRecords.Kept kept, Accounts.Opened account) {
        Catalogue catalogue;
        try {
            catalogue = account.provider().catalogue();
        } catch (ProviderFailure failure) {
            return inVain(work, failure, account.masked(String.valueOf(failure.getMessage())));
        }
        var unused = rounds.take(work, kept, catalogue);
        return Outcome.later(EVERY);
    }

    private static Outcome inVain(Work work, ProviderFailure failure, String words) {
        return work.attempt() < ATTEMPTS_MAX ? new Outcome.InVain(words, failure.comeAgainIn()) : Outcome.later(EVERY);
    }
}
