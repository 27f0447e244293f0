package io.tenantry.billing.invoicing;

import io.tenantry.billing.wallet.WalletStatements.StatementPeriod;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Statements of account: an organization's opening balance, its movements by type, and its documents of a time span. */
@Stateless
public class AccountStatements {
    /** Classifies entries in the order of a statement; those before the time span are {@code BEFORE}. */
    private static final String MOVEMENTS = """
            select m.what, sum(m.amount) as amount, count(*)::int as entries
              from (select case when e.effective_at <= ? then 'BEFORE'
                                when e.kind = 'CHARGE' then 'HOURS'
                                when e.kind = 'REVERSAL' then 'REVERSED'
                                when e.source = 'manual' and p.amount > 0 then 'PAYMENT'
                                when e.source = 'manual' then 'MANUAL_DEBIT'
                                when e.source like 'transfer:%' then 'TRANSFER'
                                when e.source like 'transfer-pack:%' then 'PACK'
                                when e.source like 'discrepancy:%' or e.source like 'addon-discrepancy:%' then 'OUTAGE_CREDIT'
                                when e.source like 'late-fee:%' then 'LATE_FEE'
                                when e.source like 'credit-note:%' then 'CREDITED'
                                when e.source like 'debit-note:%' then 'DEBITED'
                                when e.source like 'tax-correction:%' then 'TAX_CORRECTED'
                                when e.source = 'write-off' then 'WRITTEN_OFF'
                                when e.source = 'invoice-rounding' then 'ROUNDING'
                                else 'OTHER' end as what,
                           p.amount
                      from posting p
                      join journal_entry e on e.id = p.entry_id
                     where p.account_id = ? and e.effective_at <= ?) m
             group by m.what
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public AccountStatements() {}

    /** For use outside a container. */
    AccountStatements(Sql sql, Access access, TenantDirectory tenants) {
        this.sql = sql;
        this.access = access;
        this.tenants = tenants;
    }

    /** Type of an entry, in the order in which a statement shows it. */
    public enum EntryType {
        PAYMENT,
        HOURS,
        TRANSFER,
        PACK,
        LATE_FEE,
        OTHER,
        OUTAGE_CREDIT,
        DEBITED,
        CREDITED,
        TAX_CORRECTED,
        ROUNDING,
        MANUAL_DEBIT,
        WRITTEN_OFF,
        REVERSED
    }

    /**
     * All entries of one type.
     *
     * @param amount positive for incoming, negative for outgoing money
     */
    public record Movement(EntryType what, Money amount, int entries) {}

    /**
     * A statement of account.
     *
     * @param walletId the wallet whose lines are the details; empty if the organization has no wallet
     * @param documents issued within the span, latest first
     */
    public record Account(
            UUID organizationId,
            Optional<UUID> walletId,
            Money before,
            List<Movement> movements,
            Money after,
            List<DocumentList.InvoiceSummary> documents) {
        public Account {
            movements = List.copyOf(movements);
            documents = List.copyOf(documents);
        }
    }

    private record TypeTotal(String what, Money amount, int entries) {}

    /**
     * Returns an organization's statement over a time span, for the wallet that it pays from. An entry that took effect exactly at the start
     * belongs to the time before, as in the wallet's statement.
     */
    public Account of(UUID organizationId, StatementPeriod statementPeriod) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        var paying = DefaultWallet.of(sql, organizationId);
        var currency = paying.map(DefaultWallet::currency)
                .orElseGet(() -> tenants.current().currency());
        var wallet = paying.map(DefaultWallet::id);
        var found = wallet.map(id -> movements(id, statementPeriod, currency)).orElse(List.of());
        var before = sum(found.stream().filter(AccountStatements::isBefore).toList(), currency);
        var within = found.stream().filter(one -> !isBefore(one)).toList();
        return new Account(
                organizationId,
                wallet,
                before,
                within.stream()
                        .map(one -> new Movement(EntryType.valueOf(one.what()), one.amount(), one.entries()))
                        .sorted((one, other) -> one.what().compareTo(other.what()))
                        .toList(),
                before.plus(sum(within, currency)),
                documents(organizationId, statementPeriod, currency));
    }

    /** The account holder and the reseller, as they are now. */
    public record Parties(Optional<InvoiceSeller> seller, InvoiceBuyer buyer) {}

    /** Returns the parties of an organization's account. */
    public Parties parties(UUID organizationId) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        var rows = new BillingPartyRepository(sql);
        return new Parties(rows.latestSeller(), rows.latestBuyer(organizationId));
    }

    private List<TypeTotal> movements(UUID wallet, StatementPeriod statementPeriod, Currency currency) {
        return sql.query(
                MOVEMENTS, row -> found(row, currency), statementPeriod.after(), wallet, statementPeriod.until());
    }

    private List<DocumentList.InvoiceSummary> documents(
            UUID organizationId, StatementPeriod statementPeriod, Currency currency) {
        var zone = tenants.current().zone();
        return sql.query(
                """
                select v.* from invoice v
                 where v.organization_id = ? and v.currency = ? and v.issued_at > ? and v.issued_at <= ?
                 order by v.issued_at desc, v.id desc
                """,
                row -> DocumentList.head(row, zone),
                organizationId,
                currency,
                statementPeriod.after(),
                statementPeriod.until());
    }

    private static boolean isBefore(TypeTotal one) {
        return one.what().equals("BEFORE");
    }

    private static Money sum(List<TypeTotal> found, Currency currency) {
        return found.stream().map(TypeTotal::amount).reduce(Money.zero(currency), Money::plus);
    }

    private static TypeTotal found(Row row, Currency currency) {
        return new TypeTotal(row.text("what"), new Money(row.decimal("amount"), currency), row.whole("entries"));
    }
}
