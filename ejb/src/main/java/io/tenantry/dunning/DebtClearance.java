package io.tenantry.dunning;

import io.tenantry.billing.wallet.WalletBalanceChanged;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Money that ends a debt, heard in its transaction and under its wallet's lock: whatever is charged afterwards is another debt. A write-off
 * ends it too, but brings back what was suspended only if there is something to run it with; otherwise the next money does.
 */
@ApplicationScoped
public class DebtClearance {
    private static final String END = """
            update dunning_case e
               set ended_at = greatest(?, e.began_at)
              from wallet w
             where e.wallet_id = ?
               and e.ended_at is null
               and w.id = e.wallet_id
               and w.balance >= -w.credit_limit
            returning e.id
            """;

    /** Debts that ended without anybody paying, of which something is still suspended. */
    private static final String LEFT = """
            select distinct e.id
              from dunning_case e
              join wallet w on w.id = e.wallet_id
              join dunning_suspension d on d.episode_id = e.id and d.resumed_at is null and d.ended_at is null
              join service s on s.id = d.service_id and s.state = 'SUSPENDED' and s.suspended_for_debt
             where e.wallet_id = ?
               and e.ended_at is not null
               and w.balance >= -w.credit_limit
               and (not ? or w.balance > -w.credit_limit)
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    WorkItems items;

    /** For the container. */
    public DebtClearance() {}

    /** For use outside a container. */
    DebtClearance(Sql sql, Clock clock, WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.items = items;
    }

    void walletMoved(@Observes WalletBalanceChanged event) {
        if (event.isWriteOff()) {
            sql.first(END, row -> row.uuid("id"), clock.instant(), event.walletId());
            left(event.walletId(), true);
        } else {
            end(sql, items, event.walletId(), clock.instant());
            left(event.walletId(), false);
        }
    }

    /** Ends the debt of a wallet that the transaction has locked, if it is one no more, and has brought back what was suspended for it. */
    static void end(Sql sql, WorkItems items, UUID walletId, Instant at) {
        sql.first(END, row -> row.uuid("id"), at, walletId)
                .ifPresent(episode -> items.write(UnsuspendHandler.KIND, episode.toString(), episode));
    }

    /**
     * Has brought back what stayed suspended when its debt was written off.
     *
     * @param isToRun only if the wallet can pay for it
     */
    private void left(UUID walletId, boolean isToRun) {
        sql.query(LEFT, row -> row.uuid("id"), walletId, isToRun)
                .forEach(episode -> items.write(UnsuspendHandler.KIND, episode.toString(), episode));
    }
}
