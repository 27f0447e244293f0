package io.tenantry.settlement;

import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.invoicing.InvoiceReferences;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.kernel.money.Money;
import io.tenantry.settlement.SettlementQuery.Invoice;
import io.tenantry.settlement.SettlementQuery.Line;
import io.tenantry.settlement.SettlementQuery.SettlementSummary;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.TenantId;
import java.time.YearMonth;
import java.util.Currency;

/** Row mapping of settlements, their credit notes, lines and invoices. */
final class SettlementRows {
    static final String HEADS = """
        select s.*, a.tenant
          from (select s.id, 'INVOICE' as kind, s.account_id, s.number_text, s.month, s.state, s.currency, s.services, s.organizations,
                       s.issued_at, s.paid_at, round(s.revenue, s.decimals) as revenue, round(s.wholesale, s.decimals) as wholesale,
                       round(s.fees, s.decimals) as fees, s.total, s.rounding, s.margin, s.tax_percent, s.tax, s.payable,
                       coalesce((select sum(c.payable) from platform.settlement_credit c where c.settlement_id = s.id), 0) as credited,
                       null::uuid as corrects_id, '' as corrects_number, '' as reason
                  from platform.settlement s
                 union all
                select c.id, 'CREDIT_NOTE', c.account_id, c.number_text, c.month, 'PAID', c.currency, 0, 0,
                       c.issued_at, c.issued_at, 0, -c.wholesale_rounded,
                       -c.fees_rounded, -c.total, -c.rounding, c.total, c.tax_percent, -c.tax, -c.payable,
                       0, s.id, s.number_text, c.reason
                  from platform.settlement_credit c
                  join platform.settlement s on s.id = c.settlement_id) s
          join platform.reseller_ledger_account a on a.id = s.account_id
        """;

    static final String LINES = """
        select l.position, l.kind, l.subject, l.name, l.provider, l.of_month, l.services, l.hours, l.unpriced_hours, l.revenue, l.quantity, l.rate,
               l.amount,
               (select e.number_text
                  from platform.settlement e
                 where e.account_id = l.account_id and e.month = l.of_month and l.of_month < s.month) as of_number
          from platform.settlement_line l
          join platform.settlement s on s.id = l.settlement_id
         where l.settlement_id = ?
        """;

    static final String CREDITED_LINES = """
        select l.position, l.kind, l.subject, l.name, l.provider, l.of_month, 0 as services, 0::bigint as hours, 0::bigint as unpriced_hours,
               0::numeric as revenue, 0::numeric as quantity, 0::numeric as rate, -c.amount as amount, null::text as of_number
          from platform.settlement_credit_line c
          join platform.settlement_line l on l.settlement_id = c.settlement_id and l.position = c.position
         where c.credit_id = ?
        """;

    static final String INVOICE = """
        select i.account_id, i.treatment, i.place, i.buyer_name, i.buyer_street, i.buyer_postcode, i.buyer_city, i.buyer_country,
               i.buyer_vat_number, i.buyer_email, ${seller}
          from platform.settlement_invoice i
          join platform.platform_seller p on p.id = i.seller_id
         where i.settlement_id = ?
        """.replace("${seller}", PlatformSellerRepository.COLUMNS);

    private SettlementRows() {}

    static SettlementSummary head(Row row) {
        var currency = Currency.getInstance(row.text("currency"));
        return new SettlementSummary(
                row.uuid("id"),
                DocumentKind.valueOf(row.text("kind")),
                new TenantId(row.text("tenant")),
                row.text("number_text"),
                YearMonth.from(row.date("month")),
                row.text("state"),
                row.whole("services"),
                row.whole("organizations"),
                new Money(row.decimal("revenue"), currency),
                new Money(row.decimal("wholesale"), currency),
                new Money(row.decimal("fees"), currency),
                new Money(row.decimal("total"), currency),
                new Money(row.decimal("rounding"), currency),
                new Money(row.decimal("margin"), currency),
                row.decimal("tax_percent").stripTrailingZeros(),
                new Money(row.decimal("tax"), currency),
                new Money(row.decimal("payable"), currency),
                new Money(row.decimal("credited"), currency),
                row.instant("issued_at"),
                row.maybeInstant("paid_at"),
                row.maybeUuid("corrects_id")
                        .map(of -> new InvoiceReferences.Reference(of, row.text("corrects_number"))),
                row.text("reason"));
    }

    static Invoice invoice(Row row) {
        return new Invoice(
                row.uuid("account_id"),
                PlatformSellerRepository.seller(row),
                new InvoiceBuyer(
                        new PostalAddress(
                                row.text("buyer_name"),
                                row.text("buyer_street"),
                                row.text("buyer_postcode"),
                                row.text("buyer_city"),
                                row.text("buyer_country")),
                        row.text("buyer_vat_number"),
                        row.text("buyer_email"),
                        ""),
                TaxTreatment.valueOf(row.text("treatment")),
                row.text("place"));
    }

    static Line line(Row row, Currency currency) {
        return new Line(
                row.whole("position"),
                row.text("kind"),
                row.text("name"),
                row.text("provider"),
                YearMonth.from(row.date("of_month")),
                row.maybeText("of_number"),
                row.whole("services"),
                row.big("hours"),
                row.big("unpriced_hours"),
                new Money(row.decimal("revenue"), currency),
                row.decimal("quantity"),
                row.decimal("rate"),
                new Money(row.decimal("amount"), currency));
    }
}
