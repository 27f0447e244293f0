package io.tenantry.billing.wallet;

import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Statements of wallets: their lines, the amounts charged within a time span, and their threshold events.
 *
 * <p>Joins the caller's transaction; the calling use cases check permissions.
 */
@ApplicationScoped
public class WalletStatements {
    @Inject
    Sql sql;

    /** For the container. */
    public WalletStatements() {}

    /** For use outside a container. */
    public WalletStatements(Sql sql) {
        this.sql = sql;
    }

    /**
     * One line of a wallet's statement.
     *
     * @param entryId ascending in time; the cursor for the next page
     * @param at when it took effect; for charges, the end of the hour charged
     * @param amount positive for incoming, negative for outgoing money
     * @param balanceAfter the balance after this line
     * @param source its cause, such as a run or {@code service:} and the event
     * @param about the name of the single server or add-on concerned; for backups, that of the server; for a transfer pack, its gibibytes
     * @param isOfBackups whether it is for that server's backups rather than for the server
     */
    public record StatementLine(
            long entryId,
            Instant at,
            String kind,
            Optional<String> reason,
            Money amount,
            Money balanceAfter,
            String source,
            Optional<String> about,
            boolean isOfBackups) {}

    /**
     * A time span. An entry that took effect exactly at the start belongs to the time before: an hour that ends at midnight is the last of the
     * old day.
     *
     * @param after exclusive start
     * @param until inclusive end
     */
    public record StatementPeriod(Instant after, Instant until) {
        /** The span that contains all entries. */
        public static final StatementPeriod ALL =
                new StatementPeriod(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z"));
    }

    /**
     * Selects lines of a statement.
     *
     * @param kind only entries of that kind
     */
    public record LineSelection(StatementPeriod span, Optional<String> kind) {
        /** Selects all lines. */
        public static final LineSelection ALL = new LineSelection(StatementPeriod.ALL, Optional.empty());
    }

    /** A threshold event of a wallet. */
    public record ThresholdCrossed(UUID walletId, String kind, Money balance, Money burnPerHour, Instant at) {}

    /**
     * Returns lines of a statement, newest first.
     *
     * @param before only lines with a smaller entry number; {@link Long#MAX_VALUE} for the first page
     */
    public List<StatementLine> statement(UUID walletId, long before, int limit) {
        return statement(walletId, LineSelection.ALL, before, limit);
    }

    /** Returns selected lines of a statement, as above. */
    public List<StatementLine> statement(UUID walletId, LineSelection lineSelection, long before, int limit) {
        return sql.query(
                """
                select e.id, e.effective_at, e.kind, e.reason, e.source, p.amount, p.balance_after, p.currency,
                       coalesce(s.name, case when o.kind = 'BACKUP' then h.name else o.name end,
                                (k.bytes / 1073741824)::text) as about,
                       o.kind is not distinct from 'BACKUP' as of_backups
                  from posting p
                  join journal_entry e on e.id = p.entry_id
                  cross join lateral (
                      select case when e.source like 'service:%' or e.source like 'transfer:%'
                                  then split_part(e.source, ':', 2)::uuid end as id,
                             case when e.source like 'discrepancy:%' then split_part(e.source, ':', 2)::uuid end as finding,
                             case when e.source like 'transfer-pack:%' then split_part(e.source, ':', 2)::uuid end as pack) what
                  left join server_discrepancy_v f on f.id = what.finding
                  left join transfer_pack_v k on k.id = what.pack
                  left join service_v s on s.id = coalesce(what.id, f.service_id)
                  left join addon_v o on o.id = what.id
                  left join service_v h on h.id = o.service_id
                 where p.account_id = ?
                   and p.entry_id < ?
                   and e.effective_at > ?
                   and e.effective_at <= ?
                   and (?::text is null or e.kind = ?)
                 order by p.entry_id desc
                 limit ?
                """,
                row -> new StatementLine(
                        row.big("id"),
                        row.instant("effective_at"),
                        row.text("kind"),
                        row.maybeText("reason"),
                        Wallets.money(row, "amount"),
                        Wallets.money(row, "balance_after"),
                        row.text("source"),
                        row.maybeText("about"),
                        row.flag("of_backups")),
                walletId,
                before,
                lineSelection.span().after(),
                lineSelection.span().until(),
                lineSelection.kind().orElse(null),
                lineSelection.kind().orElse(null),
                limit);
    }

    /**
     * Amounts charged to a wallet within a time span.
     *
     * @param forHours of services and add-ons
     * @param otherCharges charges for transfer and transfer packs, less refunds
     */
    public record ChargedItems(Money forHours, Money otherCharges) {}

    /** Returns the amounts charged to a wallet within a time span; their sum equals that of {@link DailyCharges} for the same days. */
    public ChargedItems taken(UUID walletId, StatementPeriod statementPeriod) {
        return sql.one(TAKEN, WalletStatements::taken, statementPeriod.after(), statementPeriod.until(), walletId);
    }

    private static ChargedItems taken(Row row) {
        return new ChargedItems(Wallets.money(row, "for_hours"), Wallets.money(row, "besides"));
    }

    private static final String TAKEN = """
            select w.currency,
                   coalesce(-sum(t.amount) filter (where t.kind = 'CHARGE'), 0) as for_hours,
                   coalesce(-sum(t.amount) filter (where t.kind <> 'CHARGE'), 0) as besides
              from wallet w
              left join lateral (
                select p.amount, e.kind
                  from posting p
                  join journal_entry e on e.id = p.entry_id
                 where p.account_id = w.id
                   and ${earned}
                   and e.effective_at > ?
                   and e.effective_at <= ?) t on true
             where w.id = ?
             group by w.currency
            """.replace("${earned}", DailyCharges.EARNED);

    /** Returns the latest threshold events of an organization's wallets, newest first. */
    public List<ThresholdCrossed> thresholdEvents(UUID organizationId, int limit) {
        return sql.query(
                """
                select v.wallet_id, v.kind, v.balance, v.hourly_cost, v.at, w.currency
                  from wallet_event v
                  join wallet w on w.id = v.wallet_id
                 where w.organization_id = ?
                 order by v.id desc
                 limit ?
                """,
                row -> new ThresholdCrossed(
                        row.uuid("wallet_id"),
                        row.text("kind"),
                        Wallets.money(row, "balance"),
                        Wallets.money(row, "hourly_cost"),
                        row.instant("at")),
                organizationId,
                limit);
    }
}
