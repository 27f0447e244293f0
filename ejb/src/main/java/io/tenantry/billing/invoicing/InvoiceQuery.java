package io.tenantry.billing.invoicing;

import io.tenantry.billing.invoicing.Invoicing.Line;
import io.tenantry.catalog.fx.ExchangeRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Documents for reading: issued ones, and a preview of the next one. */
@Stateless
public class InvoiceQuery {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    TenantDirectory tenants;

    @Inject
    Invoicing invoicing;

    /** For the container. */
    public InvoiceQuery() {}

    /** For use outside a container. */
    public InvoiceQuery(Sql sql, Clock clock, Access access, TenantDirectory tenants, Invoicing invoicing) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.tenants = tenants;
        this.invoicing = invoicing;
    }

    /**
     * An item, such as a service or a volume, with its lines. Where amounts of a document contain tax and others do not, because the reseller
     * changed that within the month, an item has a group of each: their amounts cannot be added up.
     *
     * @param name empty for lines without an item
     */
    public record Group(String name, List<Line> lines, Money amount) {
        public Group {
            lines = List.copyOf(lines);
        }

        /** Whether its amounts contain tax. */
        public boolean isGross() {
            return lines.stream().anyMatch(InvoiceQuery::isGross);
        }

        /** Whether tax is added to its amounts. */
        public boolean isNet() {
            return lines.stream().flatMap(line -> line.tax().stream()).anyMatch(LineTax::isNet);
        }
    }

    /**
     * A document, prepared for reading.
     *
     * @param issued its number and other data of issuing; empty for a proforma
     * @param seller empty if the reseller's details are missing, which is only possible for a proforma
     * @param net the exact sum of the lines
     * @param rounding the difference that rounds the total
     * @param taxes the parts by tax treatment; empty if the reseller collects no tax
     * @param corrections what it corrects, and what corrects it
     * @param rate the exchange rate to the accounting currency; empty if the document is in that currency, or a proforma
     */
    public record InvoiceDetails(
            Optional<DocumentList.InvoiceSummary> issued,
            UUID organizationId,
            BillingPeriod period,
            Optional<InvoiceSeller> seller,
            InvoiceBuyer buyer,
            List<Group> groups,
            Money net,
            Money tax,
            Money rounding,
            Money total,
            List<TaxSubtotal> taxes,
            InvoiceReferences corrections,
            Optional<ExchangeRate> rate) {
        public InvoiceDetails {
            groups = List.copyOf(groups);
            taxes = List.copyOf(taxes);
        }

        /** Creates a document in the accounting currency. */
        public InvoiceDetails(
                Optional<DocumentList.InvoiceSummary> issued,
                UUID organizationId,
                BillingPeriod period,
                Optional<InvoiceSeller> seller,
                InvoiceBuyer buyer,
                List<Group> groups,
                Money net,
                Money tax,
                Money rounding,
                Money total,
                List<TaxSubtotal> taxes,
                InvoiceReferences corrections) {
            this(
                    issued,
                    organizationId,
                    period,
                    seller,
                    buyer,
                    groups,
                    net,
                    tax,
                    rounding,
                    total,
                    taxes,
                    corrections,
                    Optional.empty());
        }

        /** Returns the net that the document states: with the tax it is the total. */
        public Money statedNet() {
            return net.plus(rounding);
        }

        /** Whether all taxed line amounts include tax. */
        public boolean isGross() {
            return hasTaxed(true) && !hasTaxed(false);
        }

        /** Whether some line amounts include tax, and others do not. */
        public boolean isMixed() {
            return hasTaxed(true) && hasTaxed(false);
        }

        private boolean hasTaxed(boolean isIncluded) {
            return taxes.stream()
                    .anyMatch(part ->
                            part.isIncluded() == isIncluded && part.percent().signum() > 0);
        }
    }

    private record Written(
            DocumentList.InvoiceSummary head,
            Money net,
            Money tax,
            Money rounding,
            InvoiceBuyer buyer,
            InvoiceReferences corrections) {}

    /**
     * Returns an issued document.
     *
     * @throws NotFoundException if there is none, or it belongs to an organization that the user has no access to
     */
    public InvoiceDetails one(UUID id) {
        var zone = tenants.current().zone();
        var written = sql.first(
                        """
                        select v.*, v.tax as tax_amount, c.number_text as corrects_number,
                               (select coalesce(array_agg(o.id || ' ' || o.number_text order by o.issued_at, o.id), '{}')
                                  from invoice o where o.corrects_id = v.id) as corrected_by,
                               (select n.id || ' ' || n.number_text
                                  from invoice_void d join invoice n on n.id = d.credit_note_id
                                 where d.invoice_id = v.id) as voided_by
                          from invoice v
                          left join invoice c on c.id = v.corrects_id
                         where v.id = ?
                        """,
                        row -> new Written(
                                DocumentList.head(row, zone),
                                DocumentList.money(row, "net"),
                                DocumentList.money(row, "tax_amount"),
                                DocumentList.money(row, "rounding"),
                                BillingPartyRepository.plain(
                                        row.text("buyer_name"), row.text("buyer_email"), row.text("buyer_country")),
                                InvoiceReferences.of(row)),
                        id)
                .orElseThrow(() -> new NotFoundException("document", id));
        access.requireIn(written.head().organizationId(), Permission.BILLING_VIEW);
        var currency = written.net().currency();
        var lines = sql.query("""
                select l.kind, coalesce(o.kind, l.kind) as of_kind, l.subject_id, l.name, l.what, l.from_at, l.to_at, l.quantity,
                       l.unit_price, l.surcharge, l.amount, l.tax_id, t.treatment, t.place, t.rate as tax_rate,
                       t.included as tax_included, t.parts as tax_parts, l.tax,
                       d.wallet_id, l.rated_period_id, i.entry_id, y.late_at, m.id || ' ' || m.number_text as late_document
                  from invoice_line l
                  join invoice d on d.id = l.invoice_id
                 cross join lateral (
                   select case when d.kind = 'INVOICE' and l.from_at < d.period_from then l.from_at end as late_at) y
                  left join invoice m on m.wallet_id = d.wallet_id and m.kind = 'INVOICE' and m.period_from <= y.late_at
                        and m.period_to > y.late_at
                  left join invoice_item i on i.id = l.item_id
                  left join applied_tax t on t.id = l.tax_id
                  left join invoice_line o on o.invoice_id = d.corrects_id and o.position = l.corrects_position
                 where l.invoice_id = ?
                 order by l.position
                """, row -> Invoicing.line(row, currency, zone), id);
        return new InvoiceDetails(
                Optional.of(written.head()),
                written.head().organizationId(),
                BillingPeriod.of(written.head().month(), zone),
                parties().sellerOf(id),
                parties().buyerOf(id).orElse(written.buyer()),
                grouped(lines, currency),
                written.net(),
                written.tax(),
                written.rounding(),
                written.head().total(),
                TaxSubtotal.ofDocument(sql, id, currency),
                written.corrections(),
                rate(id, currency));
    }

    private Optional<ExchangeRate> rate(UUID id, Currency currency) {
        return sql.first(
                "select home, per_base_currency, day, source from invoice_exchange_rate where invoice_id = ?",
                row -> new ExchangeRate(
                        Currency.getInstance(row.text("home")),
                        currency,
                        row.decimal("per_base_currency"),
                        row.date("day"),
                        row.text("source")),
                id);
    }

    /** Returns the proforma of an organization for the running month, as if the month ended now. */
    public InvoiceDetails draft(UUID organizationId) {
        return draft(organizationId, running());
    }

    /**
     * Same as {@link #draft(UUID)}, for a month whose documents are not issued yet.
     *
     * @throws NotFoundException if the month is none of those
     */
    public InvoiceDetails draft(UUID organizationId, YearMonth month) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        if (!drafts().contains(month)) {
            throw new NotFoundException("draft", month.toString());
        }
        var wallet = DefaultWallet.of(sql, organizationId);
        var currency = wallet.map(DefaultWallet::currency)
                .orElseGet(() -> tenants.current().currency());
        var period = BillingPeriod.of(month, tenants.current().zone());
        var lines = wallet.map(one -> invoicing.preview(one.id(), period)).orElse(List.of());
        var net = lines.stream().map(Line::net).reduce(Money.zero(currency), Money::plus);
        var taxes = TaxSubtotal.of(lines, currency);
        var tax = taxes.stream().map(TaxSubtotal::tax).reduce(Money.zero(currency), Money::plus);
        var total = net.rounded().plus(tax);
        return new InvoiceDetails(
                Optional.empty(),
                organizationId,
                period,
                parties().latestSeller(),
                parties().latestBuyer(organizationId),
                grouped(lines, currency),
                net,
                tax,
                total.minus(net).minus(tax),
                total,
                taxes,
                InvoiceReferences.NONE);
    }

    /** Returns the months with a proforma, the running one first: that, and the previous one while its window is open. */
    public List<YearMonth> drafts() {
        var running = running();
        var before = BillingPeriod.of(running.minusMonths(1), tenants.current().zone());
        return before.isDue(clock.instant(), invoicing.window()) ? List.of(running) : List.of(running, before.month());
    }

    private BillingPartyRepository parties() {
        return new BillingPartyRepository(sql);
    }

    private YearMonth running() {
        return BillingPeriod.holding(clock.instant(), tenants.current().zone()).month();
    }

    private static boolean isGross(Line line) {
        return line.tax().filter(LineTax::isGross).isPresent();
    }

    /** The lines that add up: those of an item whose amounts all contain tax, or none of them. */
    private record Together(Optional<UUID> subjectId, boolean isGross) {}

    /** Groups the lines of each item, in the order in which each item first appears. */
    private static List<Group> grouped(List<Line> lines, Currency currency) {
        var hasNet = lines.stream().flatMap(line -> line.tax().stream()).anyMatch(LineTax::isNet);
        var together = new LinkedHashMap<Together, List<Line>>();
        for (var line : lines) {
            together.computeIfAbsent(new Together(line.subjectId(), hasNet && isGross(line)), any -> new ArrayList<>())
                    .add(line);
        }
        return together.values().stream()
                .map(group -> new Group(group.get(0).name(), group, sum(group, currency)))
                .toList();
    }

    private static Money sum(List<Line> lines, Currency currency) {
        return lines.stream().map(Line::amount).reduce(Money.zero(currency), Money::plus);
    }
}
