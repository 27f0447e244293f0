package io.tenantry.billing.invoicing;

import io.tenantry.billing.invoicing.CorrectedInvoice.Change;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes a document that corrects an invoice, after the money has moved: an item and a line for each change, the document with the next number
 * of its series, its tax by treatment, and the rounding of both. It is rounded together with its invoice and the earlier corrections
 * ({@link StatedAmounts}). At the commit, the database verifies that the document matches its lines, as it does for invoices, and that all
 * corrections match the invoice.
 */
final class CorrectionWriter {
    private static final String ITEM = """
            insert into invoice_item (entry_id, wallet_id, kind, service_id, reason, currency, amount, effective_at, collected_at,
                                      tax_id, tax_rate, tax_included, tax)
            select e.id, ?::uuid, ?, ?::uuid, coalesce(e.reason, ''), ?, ?, e.effective_at, ?,
                   x.tax_id, coalesce(x.rate, 0), coalesce(x.included, false), coalesce(x.tax, 0)
              from journal_entry e
              left join entry_tax x on x.entry_id = e.id
             where e.id = ?
            returning id, coalesce(tax_id, 0) as term, tax_rate, tax, case when tax_included then amount - tax else amount end as net
            """;

    private static final String DOCUMENT = """
            insert into invoice (id, kind, series_id, number, number_text, state, organization_id, wallet_id, currency, decimals,
                                 period_from, period_to, seller_id, buyer_id, buyer_name, buyer_email, buyer_country, net_before, net, tax,
                                 through_period, issued_at, issued_by, open_amount, paid_at, corrects_id, reason, due_on)
            select ?, ?, ?, ?, ?, ?, v.organization_id, v.wallet_id, v.currency, v.decimals,
                   v.period_from, v.period_to, (select max(s.id) from invoice_seller s), v.buyer_id, v.buyer_name, v.buyer_email,
                   v.buyer_country, ?, ?, ?, 0, ?, ?, ?, ?::timestamptz, v.id, ?, ?::date + current_payment_days()
              from invoice v
             where v.id = ?
            """;

    /** Amounts stated in the accounting currency are corrected at the rate at which they were stated. */
    private static final String RATE = """
            insert into invoice_exchange_rate (invoice_id, home, decimals, per_base_currency, day, source)
            select ?, r.home, r.decimals, r.per_base_currency, r.day, r.source from invoice_exchange_rate r where r.invoice_id = ?
            """;

    private static final String LINE = """
            insert into invoice_line (invoice_id, position, kind, subject_id, name, what, from_at, to_at, quantity, unit, unit_price,
                                      surcharge, amount, item_id, tax_id, tax_included, tax, corrects_position)
            select ?, ?, ?, o.subject_id, o.name, o.what, o.from_at, o.to_at, 1, 'ITEM', i.amount, 0, i.amount, i.id,
                   i.tax_id, i.tax_included, i.tax, o.position
              from invoice_item i
              join invoice_line o on o.invoice_id = ? and o.position = ?
             where i.id = ?
            """;

    private final Sql sql;
    private final Instant now;
    private final LocalDate today;
    private final DocumentKind kind;
    private final DocumentSettlement settlement;

    /**
     * Creates a writer.
     *
     * @param zone the time zone for the due date
     */
    CorrectionWriter(Sql sql, Clock clock, ZoneId zone, DocumentKind kind, DocumentSettlement settlement) {
        this.sql = sql;
        this.now = clock.instant();
        this.today = LocalDate.ofInstant(now, zone);
        this.kind = kind;
        this.settlement = settlement;
    }

    /**
     * A stored item of the document.
     *
     * @param termId 0 if it has no tax
     */
    private record Item(long id, long termId, BigDecimal rate, BigDecimal net, BigDecimal taken) {}

    private record TaxPart(BigDecimal rate, BigDecimal base, BigDecimal taken) {
        TaxPart plus(Item item) {
            return new TaxPart(rate, base.add(item.net()), taken.add(item.taken()));
        }
    }

    private record CorrectionFormat(long next, NumberFormat text) {}

    /** Writes the document and returns its number. */
    String write(UUID id, UUID seriesId, CorrectedInvoice invoice, List<Change> changes, String reason) {
        var items = new ArrayList<Item>();
        for (var change : changes) {
            items.add(item(invoice, change));
        }
        var parts = new LinkedHashMap<Long, TaxPart>();
        for (var item : items) {
            if (item.termId() != 0) {
                parts.merge(
                        item.termId(),
                        new TaxPart(item.rate(), item.net(), item.taken()),
                        (known, fresh) -> known.plus(item));
            }
        }
        var stated = StatedAmounts.of(sql, invoice);
        var number = document(id, seriesId, invoice, stated, items, tax(parts, stated), reason);
        sql.update(RATE, id, invoice.head().id());
        lines(id, invoice, changes, items);
        parts.forEach((term, taxPart) -> sql.update(
                "insert into invoice_tax (invoice_id, tax_id, base_before, base, charged, tax) values (?, ?, ?, ?, ?, ?)",
                id,
                term,
                stated.base(term),
                taxPart.base(),
                taxPart.taken(),
                stated.tax(term, taxPart.rate(), taxPart.base())));
        sql.query(
                "select settle_rounding(array[?::uuid], ?, ?, ?)",
                row -> 0,
                id,
                "invoice-rounding:" + id,
                Actors.require().name(),
                now);
        if (isOwed()) {
            sql.query("select settle_issued(array[?::uuid], ?)", row -> 0, id, now);
        } else {
            var unused = settlement.settle(invoice.walletId(), now);
        }
        return number;
    }

    /** Whether the document is payable. It is settled immediately as far as the wallet can pay it. */
    private boolean isOwed() {
        return kind == DocumentKind.DEBIT_NOTE;
    }

    private static BigDecimal tax(Map<Long, TaxPart> parts, StatedAmounts stated) {
        return parts.entrySet().stream()
                .map(part -> stated.tax(
                        part.getKey(), part.getValue().rate(), part.getValue().base()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Item item(CorrectedInvoice invoice, Change change) {
        return sql.one(
                ITEM,
                row -> new Item(
                        row.big("id"),
                        row.big("term"),
                        row.decimal("tax_rate"),
                        row.decimal("net"),
                        row.decimal("tax")),
                invoice.walletId(),
                change.kind(),
                change.line().subjectId().orElse(null),
                invoice.currency(),
                change.amount().amount(),
                now,
                change.entry());
    }

    private String document(
            UUID id,
            UUID seriesId,
            CorrectedInvoice invoice,
            StatedAmounts stated,
            List<Item> items,
            BigDecimal tax,
            String reason) {
        var correctionFormat = sql.one(
                "select next_number, prefix, digits, suffix from invoice_number_sequence where id = ? for update",
                row -> new CorrectionFormat(
                        row.big("next_number"),
                        new NumberFormat(row.text("prefix"), row.whole("digits"), row.text("suffix"))),
                seriesId);
        var number = correctionFormat.text().of(correctionFormat.next());
        var net = net(items, invoice).amount();
        var open = isOwed() ? stated.net(net).add(tax).max(BigDecimal.ZERO) : BigDecimal.ZERO;
        var isOpen = open.signum() > 0;
        sql.update(
                DOCUMENT,
                id,
                kind,
                seriesId,
                correctionFormat.next(),
                number,
                isOpen ? "FINAL" : "PAID",
                stated.net(),
                net,
                tax,
                now,
                Actors.require().name(),
                open,
                isOpen ? null : now,
                reason,
                isOwed() ? today : null,
                invoice.head().id());
        sql.update("update invoice_number_sequence set next_number = next_number + 1 where id = ?", seriesId);
        return number;
    }

    private static Money net(List<Item> items, CorrectedInvoice invoice) {
        return items.stream()
                .map(item -> new Money(item.net(), invoice.currency()))
                .reduce(Money.zero(invoice.currency()), Money::plus);
    }

    private void lines(UUID id, CorrectedInvoice invoice, List<Change> changes, List<Item> items) {
        for (var place = 0; place < changes.size(); place++) {
            sql.update(
                    LINE,
                    id,
                    place + 1,
                    changes.get(place).kind(),
                    invoice.head().id(),
                    changes.get(place).line().position(),
                    items.get(place).id());
        }
    }
}
