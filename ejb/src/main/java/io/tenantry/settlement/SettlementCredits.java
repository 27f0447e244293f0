package io.tenantry.settlement;

import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.settlement.ResellerAccounts.Account;
import io.tenantry.settlement.SettlementQuery.Line;
import io.tenantry.settlement.SettlementQuery.SettlementDocument;
import io.tenantry.settlement.SettlementQuery.SettlementSummary;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Credits lines of a settlement: the reseller's account is refunded, out of the platform's revenue and tax, and a numbered document lists the
 * lines. Money, document and number are one transaction under the account's lock; the tax is that of the settlement, whatever tax the reseller
 * bears now.
 */
@Stateless
public class SettlementCredits {
    /** The maximum length of a reason. */
    public static final int REASON_MAX = 200;

    private static final String OPEN_SERIES = """
            insert into settlement_credit_series (year, prefix, digits, opened_at) values (?, ?, 6, ?)
            on conflict on constraint settlement_credit_series_pk do nothing
            """;

    private static final String TAKE_NUMBER = """
            update settlement_credit_series set next_number = next_number + 1 where year = ?
            returning next_number - 1 as number, prefix || lpad((next_number - 1)::text, greatest(digits, length((next_number - 1)::text)), '0') as text
            """;

    /** The database computes the total: it rounds everything credited of the settlement so far. */
    private static final String WRITE = """
            insert into settlement_credit (id, settlement_id, account_id, year, number, number_text, currency, decimals, month, reason, wholesale,
                                           fees, tax_percent, issued_at, issued_by)
            select ?, s.id, s.account_id, ?, ?, ?, s.currency, s.decimals, ?, ?, ?, ?, s.tax_percent, ?, ?
              from settlement s
             where s.id = ?
            returning total, tax
            """;

    private static final String WRITE_LINE = """
            insert into settlement_credit_line (credit_id, settlement_id, account_id, position, amount) values (?, ?, ?, ?, ?)
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    TenantDirectory tenants;

    @Inject
    ResellerAccounts accounts;

    @Inject
    SettlementQuery settlementQuery;

    /** For the container. */
    public SettlementCredits() {}

    /** For use outside a container. */
    SettlementCredits(
            Sql sql,
            Clock clock,
            Access access,
            AuditTrail audit,
            TenantDirectory tenants,
            ResellerAccounts accounts,
            SettlementQuery settlementQuery) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.accounts = accounts;
        this.settlementQuery = settlementQuery;
    }

    /**
     * A line that can be credited.
     *
     * @param left the amount not credited yet
     */
    public record CreditableLine(Line line, Money left) {}

    /** A settlement and what can be credited of it. */
    public record Offer(SettlementSummary settlement, List<CreditableLine> lines) {
        public Offer {
            lines = List.copyOf(lines);
        }
    }

    /** The result of crediting. */
    public sealed interface Outcome {
        /** The document with that id was issued and the money posted. */
        record Issued(UUID id) implements Outcome {}

        /** The amounts are zero, or less than the smallest unit. */
        record Nothing() implements Outcome {}

        /** The reason is missing or too long. */
        record Reason() implements Outcome {}

        /** The amounts of these lines exceed what is left, or are invalid in the currency. */
        record Amounts(Set<Integer> positions) implements Outcome {}
    }

    private record CreditNumber(long value, String text) {}

    private record Sums(Money total, Money tax) {}

    /** The credited amounts of lines of hours, and of fees. */
    private record CreditedAmounts(BigDecimal wholesale, BigDecimal fees) {
        static CreditedAmounts of(SettlementDocument settlementDocument, Map<Integer, BigDecimal> wanted) {
            return new CreditedAmounts(sum(settlementDocument, wanted, true), sum(settlementDocument, wanted, false));
        }

        private static BigDecimal sum(
                SettlementDocument settlementDocument, Map<Integer, BigDecimal> wanted, boolean ofHours) {
            return settlementDocument.lines().stream()
                    .filter(line -> isOfHours(line) == ofHours)
                    .map(line -> wanted.getOrDefault(line.position(), BigDecimal.ZERO))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        Money sum(SettlementDocument settlementDocument) {
            return new Money(
                    wholesale.add(fees), settlementDocument.head().total().currency());
        }
    }

    /**
     * Returns what can be credited of a settlement.
     *
     * @throws NotFoundException if there is no such settlement, or its reseller is deleted
     */
    public Offer offer(UUID settlementId) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var settlementDocument = settlement(settlementId);
        var unusedZone = zone(settlementDocument.head());
        var credited = credited(settlementId);
        return new Offer(
                settlementDocument.head(),
                settlementDocument.lines().stream()
                        .filter(line -> line.amount().isPositive())
                        .map(line -> new CreditableLine(line, left(line, credited)))
                        .toList());
    }

    /**
     * Issues a credit note.
     *
     * @param id of the document, chosen by the caller: a repeated call yields the same document and the money moves once
     * @param amounts by the position of the line, as shown in the line
     * @throws NotFoundException if there is no such settlement, or its reseller is deleted
     */
    public Outcome issue(UUID id, UUID settlementId, Map<Integer, BigDecimal> amounts, String reason) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var settlementDocument = settlement(settlementId);
        var words = PostalAddress.line(reason);
        if (words.isEmpty() || words.length() > REASON_MAX) {
            return new Outcome.Reason();
        }
        var account = accounts.lock(accountOf(settlementId));
        if (isThere(id)) {
            return new Outcome.Issued(id);
        }
        var wanted = new TreeMap<>(amounts);
        wanted.values().removeIf(amount -> amount.signum() == 0);
        var unfit = unfit(settlementDocument, wanted);
        if (!unfit.isEmpty()) {
            return new Outcome.Amounts(unfit);
        }
        if (wanted.isEmpty() || !comesToACoin(settlementDocument, CreditedAmounts.of(settlementDocument, wanted))) {
            return new Outcome.Nothing();
        }
        write(id, account, settlementDocument, wanted, words);
        return new Outcome.Issued(id);
    }

    private void write(
            UUID id,
            Account account,
            SettlementDocument settlementDocument,
            SortedMap<Integer, BigDecimal> wanted,
            String reason) {
        var now = clock.instant();
        var settlementSummary = settlementDocument.head();
        var number = number(now);
        var creditedAmounts = CreditedAmounts.of(settlementDocument, wanted);
        var currency = settlementSummary.total().currency();
        var sums = sql.one(
                WRITE,
                row -> new Sums(new Money(row.decimal("total"), currency), new Money(row.decimal("tax"), currency)),
                id,
                now.atZone(ZoneOffset.UTC).getYear(),
                number.value(),
                number.text(),
                YearMonth.from(now.atZone(zone(settlementSummary))).atDay(1),
                reason,
                creditedAmounts.wholesale(),
                creditedAmounts.fees(),
                now,
                Actors.require().name(),
                settlementSummary.id());
        var rows = new ArrayList<@Nullable Object[]>();
        wanted.forEach((position, amount) ->
                rows.add(new @Nullable Object[] {id, settlementSummary.id(), account.id(), position, amount}));
        sql.batch(WRITE_LINE, rows);
        accounts.giveBack(
                account,
                id,
                number.text() + ": " + reason,
                creditedAmounts.sum(settlementDocument),
                sums.total(),
                sums.tax());
        var unusedOpen = accounts.settle(account.id(), now);
        audit.record(
                "settlement.credited",
                "settlement",
                settlementSummary.id().toString(),
                Map.of(
                        "tenant",
                        account.tenant().value(),
                        "credit_note",
                        number.text(),
                        "settlement",
                        settlementSummary.number(),
                        "total",
                        sums.total().toString(),
                        "tax",
                        sums.tax().toString(),
                        "reason",
                        reason));
    }

    private CreditNumber number(Instant now) {
        var year = now.atZone(ZoneOffset.UTC).getYear();
        sql.update(OPEN_SERIES, year, "SC-" + year + "-", now);
        return sql.one(TAKE_NUMBER, row -> new CreditNumber(row.big("number"), row.text("text")), year);
    }

    private Set<Integer> unfit(SettlementDocument settlementDocument, Map<Integer, BigDecimal> wanted) {
        var credited = credited(settlementDocument.head().id());
        var unfit = new TreeSet<>(wanted.keySet());
        for (var line : settlementDocument.lines()) {
            var amount = wanted.get(line.position());
            if (amount != null
                    && amount.signum() > 0
                    && amount.stripTrailingZeros().scale() <= Money.SCALE
                    && amount.compareTo(left(line, credited).amount()) <= 0) {
                unfit.remove(line.position());
            }
        }
        return unfit;
    }

    /** Whether any money is refunded once everything credited so far is rounded. */
    private boolean comesToACoin(SettlementDocument settlementDocument, CreditedAmounts creditedAmounts) {
        return sql.one(
                """
                select round(w + ?, s.decimals) - round(w, s.decimals) + round(f + ?, s.decimals) - round(f, s.decimals) > 0 as any
                  from settlement s
                 cross join lateral (select coalesce(sum(c.wholesale), 0) as w, coalesce(sum(c.fees), 0) as f
                                       from settlement_credit c
                                      where c.settlement_id = s.id) b
                 where s.id = ?
                """,
                row -> row.flag("any"),
                creditedAmounts.wholesale(),
                creditedAmounts.fees(),
                settlementDocument.head().id());
    }

    private Map<Integer, BigDecimal> credited(UUID settlementId) {
        return sql.query("""
                        select position, sum(amount) as amount from settlement_credit_line where settlement_id = ? group by position
                        """, row -> Map.entry(row.whole("position"), row.decimal("amount")), settlementId).stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Money left(Line line, Map<Integer, BigDecimal> credited) {
        var amount = line.amount();
        return amount.minus(new Money(credited.getOrDefault(line.position(), BigDecimal.ZERO), amount.currency()));
    }

    private static boolean isOfHours(Line line) {
        return line.kind().equals("SERVICE") || line.kind().equals("ADDON");
    }

    private boolean isThere(UUID id) {
        return sql.first("select id from settlement_credit where id = ?", row -> row.uuid("id"), id)
                .isPresent();
    }

    private UUID accountOf(UUID settlementId) {
        return sql.one("select account_id from settlement where id = ?", row -> row.uuid("account_id"), settlementId);
    }

    private SettlementDocument settlement(UUID id) {
        var settlementDocument = settlementQuery.document(id);
        if (settlementDocument.head().isCredit()) {
            throw new NotFoundException("settlement", id);
        }
        return settlementDocument;
    }

    /** Returns the time zone of the months. A deleted reseller cannot be credited: its account is closed. */
    private ZoneId zone(SettlementSummary settlementSummary) {
        return tenants.byId(settlementSummary.tenant())
                .map(Tenant::zone)
                .orElseThrow(() -> new NotFoundException("settlement", settlementSummary.id()));
    }
}
