package io.tenantry.settlement;

import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.CurrencyUnits;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.settlement.FeeSchedules.Rule;
import io.tenantry.settlement.ResellerAccounts.Account;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Settlement tasks of operators: settling due months, booking payments of resellers, setting limits and fee terms. */
@Stateless
public class SettlementAdministration {
    /** The maximum length of a reference. */
    public static final int REFERENCE_MAX = 200;

    private static final String RESELLERS = """
            select a.id, a.tenant, a.currency, a.balance, a.credit_limit,
                   (select count(*)::int from settlement s where s.account_id = a.id and s.state = 'OPEN') as open,
                   (select to_char(max(s.month), 'YYYY-MM') from settlement s where s.account_id = a.id) as latest,
                   to_char(r.month, 'YYYY-MM') as waits, r.id as run, r.state, r.retry_at
              from reseller_ledger_account a
              left join lateral (select u.id, u.month, u.state, u.retry_at
                                   from settlement_run u
                                  where u.account_id = a.id and u.state <> 'DONE'
                                  order by u.month
                                  limit 1) r on true
             where a.closed_at is null
             order by a.currency, a.balance, a.tenant
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    TenantDirectory tenants;

    @Inject
    ResellerAccounts accounts;

    @Inject
    FeeSchedules rules;

    @Inject
    SettlementRuns runs;

    @Inject
    Event<SettlementRequested> requested;

    /** For the container. */
    public SettlementAdministration() {}

    /** For use outside a container. */
    SettlementAdministration(
            Sql sql,
            Access access,
            AuditTrail audit,
            TenantDirectory tenants,
            ResellerAccounts accounts,
            FeeSchedules rules) {
        this.sql = sql;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.accounts = accounts;
        this.rules = rules;
    }

    /**
     * A reseller as listed on the admin site.
     *
     * @param open settlements that are not paid
     * @param latest the latest month that was settled
     * @param waits the first month that has ended and is not settled yet
     * @param stop if it failed or is postponed
     */
    public record Reseller(
            Account account,
            int open,
            Optional<YearMonth> latest,
            Optional<YearMonth> waits,
            Optional<SettlementDelay> stop) {}

    /**
     * Why a month is not settled yet. The cause is in the log and not on pages.
     *
     * @param reference the incident number in the log
     * @param failed false if it waits for hours that are still to be charged
     * @param again when it is tried again
     */
    public record SettlementDelay(UUID reference, boolean failed, Instant again) {}

    /** The result of writing terms. */
    public sealed interface Outcome {
        record Done() implements Outcome {}

        /** They are invalid. */
        record InvalidTerms(Set<FeeTerms.Fault> faults) implements Outcome {}

        /** The reseller's home currency is another one. */
        record OtherCurrency(Currency needed) implements Outcome {}

        /** A later month is already settled and stays so. */
        record Settled(YearMonth latest) implements Outcome {}
    }

    /** Returns all resellers with an account, the highest debt first. */
    public List<Reseller> resellers() {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return sql.query(RESELLERS, SettlementAdministration::reseller);
    }

    /** Returns all fee terms, general ones and those of single resellers, the latest first. */
    public List<Rule> terms() {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return rules.all();
    }

    /** Settles everything due now, including failed and waiting months. */
    public void settleNow() {
        access.require(Permission.PLATFORM_CHARGING_MANAGE);
        var again = runs.retryAll();
        audit.record("settlement.requested", "platform", "settlement", Map.of("again", again));
        requested.fire(new SettlementRequested());
    }

    /**
     * Books a payment of a reseller, once per key; it pays settlements, the oldest first.
     *
     * @param key created by the caller, new for each payment
     * @param reference of the bank, or the reason
     * @return false if it was booked before
     * @throws IllegalArgumentException unless the amount is above zero, in the account's currency and its smallest unit, and there is a
     *     reference
     */
    public boolean pay(TenantId tenant, UUID key, Money amount, String reference) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var account = accounts.lock(accounts.of(known(tenant)).id());
        var currency = account.balance().currency();
        if (!amount.currency().equals(currency)
                || !amount.isPositive()
                || amount.compareTo(Account.maximum(currency)) > 0
                || !CurrencyUnits.isPayable(amount.amount(), currency)) {
            throw new IllegalArgumentException("a payment of " + amount + " cannot be booked in " + currency);
        }
        if (reference.isBlank() || reference.length() > REFERENCE_MAX) {
            throw new IllegalArgumentException("a payment has a reference of 1 to " + REFERENCE_MAX + " characters");
        }
        if (!accounts.pay(account, key.toString(), amount, reference.strip())) {
            return false;
        }
        audit.record(
                "settlement.payment_booked",
                "tenant",
                tenant.value(),
                Map.of("amount", amount.toString(), "reference", reference.strip()));
        return true;
    }

    /**
     * A booked payment.
     *
     * @param isReversed whether it was reversed
     * @param reopens the numbers of settlements that would be reopened without it
     */
    public record Payment(
            long entry,
            TenantId tenant,
            Money amount,
            String reference,
            Instant at,
            String bookedBy,
            boolean isReversed,
            List<String> reopens) {
        public Payment {
            reopens = List.copyOf(reopens);
        }
    }

    /** The result of reversing a payment. */
    public sealed interface ReversalOutcome {
        /** It is reversed, and these settlements were reopened. */
        record Done(List<String> reopened) implements ReversalOutcome {
            public Done {
                reopened = List.copyOf(reopened);
            }
        }

        /** It was reversed before. */
        record Before() implements ReversalOutcome {}

        /** The reason is missing or too long. */
        record Reason() implements ReversalOutcome {}
    }

    private record Booked(UUID accountId, Payment payment) {}

    /**
     * Returns a booked payment, with the effect of reversing it.
     *
     * @throws NotFoundException if there is none, or its reseller is deleted
     */
    public Payment payment(long entry) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var booked = booked(entry);
        var payment = booked.payment();
        return payment.isReversed()
                ? payment
                : new Payment(
                        entry,
                        payment.tenant(),
                        payment.amount(),
                        payment.reference(),
                        payment.at(),
                        payment.bookedBy(),
                        false,
                        accounts.wouldOpen(booked.accountId(), payment.amount()));
    }

    /**
     * Reverses a payment that was booked by mistake or that the bank has returned, once: by a reversing entry. What it had paid is reopened,
     * the latest first, because the oldest is paid from the remaining balance.
     *
     * @param reason also shown to the reseller
     * @throws NotFoundException if there is no such payment, or its reseller is deleted
     */
    public ReversalOutcome takeBack(long entry, String reason) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var booked = booked(entry);
        var why = PostalAddress.line(reason);
        if (why.isEmpty() || why.length() > REFERENCE_MAX) {
            return new ReversalOutcome.Reason();
        }
        var payment = booked.payment();
        var account = accounts.lock(booked.accountId());
        var reopened = accounts.takeBack(account, entry, payment.amount(), payment.reference() + ": " + why);
        if (reopened.isEmpty()) {
            return new ReversalOutcome.Before();
        }
        audit.record(
                "settlement.payment_reversed",
                "tenant",
                payment.tenant().value(),
                Map.of(
                        "amount",
                        payment.amount().toString(),
                        "reference",
                        payment.reference(),
                        "reason",
                        why,
                        "reopened",
                        String.join(", ", reopened.get())));
        return new ReversalOutcome.Done(reopened.get());
    }

    private Booked booked(long entry) {
        return sql.first(
                        """
                        select e.id, e.reason, e.effective_at, e.actor, p.amount, p.currency, a.id as account_id, a.tenant,
                               exists (select from journal_entry r where r.reverses = e.id) as taken_back
                          from journal_entry e
                          join posting p on p.entry_id = e.id
                          join reseller_ledger_account a on a.id = p.account_id and a.closed_at is null
                         where e.id = ? and e.source = ?
                        """,
                        row -> new Booked(
                                row.uuid("account_id"),
                                new Payment(
                                        row.big("id"),
                                        new TenantId(row.text("tenant")),
                                        new Money(row.decimal("amount"), Currency.getInstance(row.text("currency"))),
                                        row.text("reason"),
                                        row.instant("effective_at"),
                                        row.text("actor"),
                                        row.flag("taken_back"),
                                        List.of())),
                        entry,
                        ResellerAccounts.PAYMENT)
                .orElseThrow(() -> new NotFoundException("payment", entry));
    }

    /**
     * Sets the credit limit of a reseller; null for none.
     *
     * @throws IllegalArgumentException if it is below zero or in another currency
     */
    public void limit(TenantId tenant, @Nullable Money limit) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var account = accounts.lock(accounts.of(known(tenant)).id());
        if (limit != null
                && (limit.isNegative()
                        || !limit.currency().equals(account.balance().currency())
                        || limit.compareTo(Account.maximum(limit.currency())) > 0)) {
            throw new IllegalArgumentException("a limit of " + limit + " cannot be");
        }
        accounts.limit(account.id(), limit);
        audit.record(
                "settlement.limit_changed",
                "tenant",
                tenant.value(),
                Map.of(
                        "limit",
                        limit == null ? "none" : limit.toString(),
                        "before",
                        account.limit().map(Money::toString).orElse("none")));
    }

    /**
     * Writes fee terms from a month on.
     *
     * @param tenant the reseller; null for all in the terms' currency without specific terms
     */
    public Outcome write(@Nullable TenantId tenant, YearMonth from, FeeTerms terms) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var faults = terms.faults();
        if (!faults.isEmpty()) {
            return new Outcome.InvalidTerms(Set.copyOf(faults));
        }
        var owner = Optional.ofNullable(tenant).map(this::known);
        var other = owner.map(Tenant::currency).filter(currency -> !currency.equals(terms.currency()));
        if (other.isPresent()) {
            return new Outcome.OtherCurrency(other.get());
        }
        // Settling shares a lock on this row: either the month is settled and stays, or it is settled by the terms
        // written here.
        sql.one("select window_hours from settlement_policy for update", row -> row.whole("window_hours"));
        var account = owner.map(one -> accounts.of(one).id()).orElse(null);
        var latest = sql.one("""
                select to_char(max(s.month), 'YYYY-MM') as month
                  from settlement s
                  join reseller_ledger_account a on a.id = s.account_id and a.closed_at is null
                 where coalesce(s.account_id = ?, s.currency = ?)
                """, row -> row.maybeText("month").map(YearMonth::parse), account, terms.currency());
        if (latest.filter(month -> !month.isBefore(from)).isPresent()) {
            return new Outcome.Settled(latest.get());
        }
        var id = rules.write(account, from, terms);
        audit.record("settlement.terms_changed", "fee_terms", String.valueOf(id), facts(tenant, from, terms));
        return new Outcome.Done();
    }

    private static Map<String, Object> facts(@Nullable TenantId tenant, YearMonth from, FeeTerms terms) {
        var facts = new TreeMap<String, Object>();
        facts.put("tenant", tenant == null ? "all" : tenant.value());
        facts.put("from", from);
        facts.put("tiers", terms.tiers().size());
        facts.put("per_service", terms.perService().toString());
        facts.put("per_organization", terms.perOrganization().toString());
        facts.put("minimum", terms.minimum().toString());
        return facts;
    }

    private Tenant known(TenantId id) {
        return tenants.byId(id).orElseThrow(() -> new NotFoundException("reseller", id));
    }

    private static Reseller reseller(Row row) {
        return new Reseller(
                ResellerAccounts.account(row),
                row.whole("open"),
                row.maybeText("latest").map(YearMonth::parse),
                row.maybeText("waits").map(YearMonth::parse),
                row.maybeText("state")
                        .filter(state -> state.equals("FAILED") || state.equals("WAITING"))
                        .map(state ->
                                new SettlementDelay(row.uuid("run"), state.equals("FAILED"), row.instant("retry_at"))));
    }
}
