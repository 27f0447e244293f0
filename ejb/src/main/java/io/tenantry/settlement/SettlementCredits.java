package io.tenantry.settlement;

import io.tenantry.billing.invoicing.CorrectionFault;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.settlement.ResellerAccounts.Account;
import io.tenantry.settlement.SettlementCreditRequest.CreditedAmounts;
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
import java.util.Optional;
import java.util.UUID;
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

        /** The form was submitted before with other amounts or another reason: only that request counts, over this total. */
        record AlreadyRequested(Money total) implements Outcome {}

        /** Everything that is wrong with what was typed. */
        record Invalid(List<CorrectionFault> faults) implements Outcome {
            public Invalid {
                faults = List.copyOf(faults);
            }
        }

        /** Rounded with earlier credits, the document comes to another total than the amounts typed: it has to be confirmed. */
        record Unconfirmed(Money total) implements Outcome {}
    }

    private record CreditNumber(long value, String text) {}

    private record Sums(Money total, Money tax) {}

    /**
     * Returns what can be credited of a settlement.
     *
     * @throws NotFoundException if there is no such settlement, or its reseller is deleted
     */
    public Offer offer(UUID settlementId) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var settlementDocument = settlement(settlementId);
        var unusedZone = zone(settlementDocument.head());
        var credited = SettlementCreditRequest.credited(sql, settlementId);
        return new Offer(
                settlementDocument.head(),
                settlementDocument.lines().stream()
                        .filter(line -> line.amount().isPositive())
                        .map(line -> new CreditableLine(line, SettlementCreditRequest.left(line, credited)))
                        .toList());
    }

    /** Same as {@link #issue(UUID, UUID, Map, String, Optional)}, without a total that was stated before. */
    public Outcome issue(UUID id, UUID settlementId, Map<Integer, BigDecimal> amounts, String reason) {
        return issue(id, settlementId, amounts, reason, Optional.empty());
    }

    /**
     * Issues a credit note.
     *
     * @param id of the document, chosen by the caller: a repeated call yields the same document and the money moves once; with other contents
     *     it is refused
     * @param amounts by the position of the line, as shown in the line
     * @param confirmed the total of an {@link Outcome.Unconfirmed} that the caller has agreed to
     * @throws NotFoundException if there is no such settlement, or its reseller is deleted
     */
    public Outcome issue(
            UUID id, UUID settlementId, Map<Integer, BigDecimal> amounts, String reason, Optional<Money> confirmed) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var settlementDocument = settlement(settlementId);
        var request = SettlementCreditRequest.of(id, amounts, reason, confirmed);
        var account = accounts.lock(accountOf(settlementId));
        return request.repeated(sql, settlementId)
                .or(() -> request.refused(sql, settlementDocument))
                .orElseGet(() -> {
                    write(account, settlementDocument, request);
                    return new Outcome.Issued(id);
                });
    }

    private void write(Account account, SettlementDocument settlementDocument, SettlementCreditRequest request) {
        var id = request.id();
        var reason = request.reason();
        var now = clock.instant();
        var settlementSummary = settlementDocument.head();
        var number = number(now);
        var creditedAmounts = CreditedAmounts.of(settlementDocument, request.amounts());
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
        request.amounts()
                .forEach((position, amount) ->
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
