package io.tenantry.settlement;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.settlement.FeeSchedules.Rule;
import io.tenantry.settlement.FeeTerms.Fee;
import io.tenantry.settlement.SettlementRuns.Claim;
import io.tenantry.settlement.SettlementTaxes.SettlementTax;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The platform's part of a settlement: the document of a month, its number, and the debit of the account, in one transaction of the platform.
 * The account is locked before the series, in the same order as booking a payment.
 *
 * <p>Joins the caller's transaction.
 */
@ApplicationScoped
public class Settlements {
    private static final String WRITE = """
            insert into settlement (id, account_id, year, number, number_text, currency, decimals, month, period_from, period_to, services,
                                    organizations, revenue, wholesale, fees, terms_id, tax_percent, issued_at, issued_by)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String WRITE_LINE = """
            insert into settlement_line (settlement_id, account_id, position, kind, subject, name, provider, of_month, services, hours,
                                         unpriced_hours, revenue, quantity, rate, amount)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String WRITE_INVOICE = """
            insert into settlement_invoice (settlement_id, account_id, seller_id, treatment, place, buyer_name, buyer_street, buyer_postcode,
                                            buyer_city, buyer_country, buyer_vat_number, buyer_email)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String OPEN_SERIES = """
            insert into settlement_series (year, prefix, digits, opened_at) values (?, ?, 6, ?)
            on conflict on constraint settlement_series_pk do nothing
            """;

    private static final String TAKE_NUMBER = """
            update settlement_series set next_number = next_number + 1 where year = ?
            returning next_number - 1 as number, prefix || lpad((next_number - 1)::text, greatest(digits, length((next_number - 1)::text)), '0') as text
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    ResellerAccounts accounts;

    @Inject
    FeeSchedules rules;

    @Inject
    SettlementTaxes taxes;

    @Inject
    AuditTrail audit;

    /** For the container. */
    public Settlements() {}

    /** For use outside a container. */
    Settlements(
            Sql sql,
            Clock clock,
            ResellerAccounts accounts,
            FeeSchedules rules,
            SettlementTaxes taxes,
            AuditTrail audit) {
        this.sql = sql;
        this.clock = clock;
        this.accounts = accounts;
        this.rules = rules;
        this.taxes = taxes;
        this.audit = audit;
    }

    private record StatementNumber(long value, String text) {}

    /**
     * Issues the document of a month.
     *
     * @return its number; empty if nothing was sold and no fee is due
     */
    Optional<String> issue(Claim claim, WholesaleStatement wholesaleStatement) {
        // Terms of a month must not change while it is settled.
        sql.one("select window_hours from settlement_policy for share", row -> row.whole("window_hours"));
        var account = accounts.lock(claim.accountId());
        var month = claim.period().month();
        var rule = rules.inForce(account.id(), wholesaleStatement.currency(), month);
        var fees = rule.map(Rule::terms)
                .map(terms -> terms.of(wholesaleStatement.volume()))
                .orElse(List.of());
        if (wholesaleStatement.lines().isEmpty() && fees.isEmpty()) {
            return Optional.empty();
        }
        var id = Ids.next(clock);
        var wholesale = new Money(wholesaleStatement.wholesale(), wholesaleStatement.currency());
        var asked = fees.stream().map(Fee::amount).reduce(Money.zero(wholesaleStatement.currency()), Money::plus);
        var bears = taxes.of(account, wholesaleStatement.reseller(), month.atEndOfMonth());
        var percent = bears.map(SettlementTax::percent).orElse(BigDecimal.ZERO);
        var now = clock.instant();
        var number = number(now);
        write(id, claim, wholesaleStatement, number, asked, rule.map(Rule::id).orElse(null), percent, now);
        writeLines(id, claim, wholesaleStatement, fees);
        bears.ifPresent(how -> writeInvoice(id, account.id(), how));
        var net = rounded(wholesale).plus(rounded(asked));
        var tax = rounded(new Money(net.amount().multiply(percent.movePointLeft(2)), net.currency()));
        accounts.charge(account, id, number.text(), wholesale.plus(asked), net, tax);
        var unusedOpen = accounts.settle(account.id(), now);
        audit.record(
                "settlement.issued",
                "settlement",
                id.toString(),
                Map.of(
                        "tenant",
                        account.tenant().value(),
                        "month",
                        month,
                        "number",
                        number.text(),
                        "wholesale",
                        wholesale.toString(),
                        "fees",
                        asked.toString(),
                        "tax",
                        tax.toString()));
        return Optional.of(number.text());
    }

    private StatementNumber number(Instant now) {
        var year = now.atZone(ZoneOffset.UTC).getYear();
        sql.update(OPEN_SERIES, year, "ST-" + year + "-", now);
        return sql.one(TAKE_NUMBER, row -> new StatementNumber(row.big("number"), row.text("text")), year);
    }

    private void write(
            UUID id,
            Claim claim,
            WholesaleStatement wholesaleStatement,
            StatementNumber number,
            Money fees,
            @Nullable Long terms,
            BigDecimal percent,
            Instant now) {
        sql.update(
                WRITE,
                id,
                claim.accountId(),
                now.atZone(ZoneOffset.UTC).getYear(),
                number.value(),
                number.text(),
                wholesaleStatement.currency(),
                wholesaleStatement.currency().getDefaultFractionDigits(),
                claim.period().month().atDay(1),
                claim.period().from(),
                claim.period().to(),
                wholesaleStatement.services(),
                wholesaleStatement.organizations(),
                wholesaleStatement.revenue(),
                wholesaleStatement.wholesale(),
                fees.amount(),
                terms,
                percent,
                now,
                Actors.require().name());
    }

    private void writeInvoice(UUID id, UUID account, SettlementTax settlementTax) {
        var invoiceBuyer = settlementTax.buyer();
        var at = invoiceBuyer.address();
        sql.update(
                WRITE_INVOICE,
                id,
                account,
                settlementTax.sellerId(),
                settlementTax.treatment(),
                settlementTax.place(),
                at.name(),
                at.street(),
                at.postcode(),
                at.city(),
                at.country(),
                invoiceBuyer.vatNumber(),
                invoiceBuyer.email());
    }

    private void writeLines(UUID id, Claim claim, WholesaleStatement wholesaleStatement, List<Fee> fees) {
        var rows = new ArrayList<@Nullable Object[]>();
        for (var line : wholesaleStatement.lines()) {
            rows.add(new @Nullable Object[] {
                id,
                claim.accountId(),
                rows.size() + 1,
                line.kind(),
                line.subject(),
                line.name(),
                line.provider(),
                line.month().atDay(1),
                line.services(),
                line.hours(),
                line.unpricedHours(),
                line.revenue(),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                line.wholesale()
            });
        }
        for (var fee : fees) {
            rows.add(new @Nullable Object[] {
                id,
                claim.accountId(),
                rows.size() + 1,
                fee.kind(),
                "",
                "",
                "",
                claim.period().month().atDay(1),
                0,
                0L,
                0L,
                BigDecimal.ZERO,
                fee.quantity(),
                fee.rate(),
                fee.amount().amount()
            });
        }
        sql.batch(WRITE_LINE, rows);
    }

    /** In the currency's smallest unit, as the database rounds it. */
    private static Money rounded(Money exact) {
        return new Money(
                exact.amount().setScale(exact.currency().getDefaultFractionDigits(), RoundingMode.HALF_UP),
                exact.currency());
    }
}
