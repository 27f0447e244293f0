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
 * Ends debts when money arrives, within its transaction and under the wallet's lock: later charges form a new debt. A write-off ends a debt
 * too, but services are resumed only if the wallet can pay for them; otherwise the next payment resumes them.
 */
@ApplicationScoped
public class DebtClearance {
    private static final String END = """
            update dunning_case e
               set ended_at = greatest(?, e.started_at)
              from wallet w
             where e.wallet_id = ?
               and e.ended_at is null
               and w.id = e.wallet_id
               and w.balance >= -w.credit_limit
            returning e.id
            """;

    /** Debts that ended without a payment, with services that are still suspended. */
    private static final String LEFT = """
            select distinct e.id
              from dunning_case e
              join wallet w on w.id = e.wallet_id
              join dunning_suspension d on d.case_id = e.id and d.resumed_at is null and d.ended_at is null
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

    /**
     * Ends the debt of a wallet that the transaction has locked, if the wallet is no longer in debt, and schedules the resumption of services
     * suspended for it.
     */
    static void end(Sql sql, WorkItems items, UUID walletId, Instant at) {
        sql.first(END, row -> row.uuid("id"), at, walletId)
                .ifPresent(episode -> items.write(UnsuspendHandler.KIND, episode.toString(), episode));
    }

    /**
     * Schedules the resumption of services that stayed suspended when their debt was written off.
     *
     * @param isToRun only if the wallet can pay for it
     */
    private void left(UUID walletId, boolean isToRun) {
        sql.query(LEFT, row -> row.uuid("id"), walletId, isToRun)
                .forEach(episode -> items.write(UnsuspendHandler.KIND, episode.toString(), episode));
    }
}
