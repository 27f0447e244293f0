package io.tenantry.dunning;

import io.tenantry.tenancy.Sql;
import io.tenantry.wallet.WalletMoved;
import io.tenantry.work.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Money that ends a debt, heard in its transaction and under its wallet's lock: whatever is charged afterwards is another debt. */
@ApplicationScoped
public class Repayments {
    private static final String END = """
            update dunning_episode e
               set ended_at = greatest(?, e.began_at)
              from wallet w
             where e.wallet_id = ?
               and e.ended_at is null
               and w.id = e.wallet_id
               and w.balance >= -w.credit_limit
            returning e.id
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    WorkItems items;

    /** For the container. */
    public Repayments() {}

    /** For use outside a container. */
    Repayments(Sql sql, Clock clock, WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.items = items;
    }

    void walletMoved(@Observes WalletMoved event) {
        end(sql, items, event.walletId(), clock.instant());
    }

    /** Ends the debt of a wallet that the transaction has locked, if it is one no more, and has brought back what was suspended for it. */
    static void end(Sql sql, WorkItems items, UUID walletId, Instant at) {
        sql.first(END, row -> row.uuid("id"), at, walletId)
                .ifPresent(episode -> items.write(BringBack.KIND, episode.toString(), episode));
    }
}
