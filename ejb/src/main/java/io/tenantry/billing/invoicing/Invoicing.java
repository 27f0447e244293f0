package io.tenantry.billing.invoicing;

import io.tenantry.billing.wallet.WalletBalanceChanged;
import io.tenantry.catalog.Currencies;
import io.tenantry.catalog.fx.ExchangeRate;
import io.tenantry.catalog.fx.ExchangeRates;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Issues a month's documents. Only charges that are not on a document yet are due, so a repeated call finds nothing due. Wallets are locked in
 * id order, as in charging, and the series after them; lines, documents and numbers are one transaction, which leaves all of them or none.
 *
 * <p>Joins the caller's transaction, which must belong to a tenant; the calling use cases check permissions.
 */
@ApplicationScoped
public class Invoicing {
    private static final String ISSUE =
            "select * from issue_invoices(?, ?, ?, ?, ?, ?, ?, ?, ?, ?::numeric[], ?::date[], ?, ?, ?, ?)";

    /** Maximum batch size. Locked wallets cannot be charged, so a batch must be short. */
    public static final int BATCH_MAX = 1_000;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    @Inject
    AuditTrail audit;

    @Inject
    Currencies currencies;

    @Inject
    ExchangeRates rates;

    /** For the container. */
    public Invoicing() {}

    /** For use outside a container. */
    public Invoicing(Sql sql, Clock clock, TenantDirectory tenants, AuditTrail audit) {
        this.sql = sql;
        this.clock = clock;
        this.tenants = tenants;
        this.audit = audit;
        this.currencies = new Currencies(sql, tenants);
        this.rates = new ExchangeRates(sql);
    }

    /**
     * A range of wallets, at most {@code limit} of which are processed at once.
     *
     * @param after wallets with a greater id
     * @param to wallets up to and including this id
     */
    public record Range(UUID after, UUID to, int limit) {
        public Range {
            if (limit < 1 || limit > BATCH_MAX) {
                throw new IllegalArgumentException("a batch must have 1 to " + BATCH_MAX + " wallets, found " + limit);
            }
        }
    }

    /** A period whose documents can be issued, and the series for their numbers. */
    public record Month(BillingPeriod period, UUID seriesId) {}

    /**
     * Result of a batch.
     *
     * @param net the sum of all lines written, in the base currency; documents in others are converted at their exchange rate
     * @param waiting wallets that are parked, or have uncharged hours in the period: their documents are issued later
     * @param wallets the number of wallets processed
     * @param last the greatest wallet id of the batch; null if the range held none
     * @param isLast whether the range is exhausted
     */
    public record Batch(
            int wallets,
            int documents,
            int lines,
            BigDecimal net,
            int waiting,
            @Nullable UUID last,
            boolean isLast) {}

    private record Issued(Batch batch, long firstNumber) {}

    /**
     * A line of a document.
     *
     * @param of its kind; for a line that credits another, the kind of the other
     * @param subjectId the service or add-on, if there is one
     * @param quantity hours or pieces
     * @param surcharge the cost of a plan change within an hour
     * @param amount less than quantity times price if the monthly cap applies
     * @param tax its tax; empty if the reseller collects none
     * @param origin the source of the line; empty if it does not come from a wallet
     */
    public record Line(
            String kind,
            String of,
            Optional<UUID> subjectId,
            String name,
            String what,
            Instant from,
            Instant to,
            BigDecimal quantity,
            Money unitPrice,
            Money surcharge,
            Money amount,
            Optional<LineTax> tax,
            Optional<LineSource> origin) {
        /** Creates a line that does not come from a wallet. */
        public Line(
                String kind,
                String of,
                Optional<UUID> subjectId,
                String name,
                String what,
                Instant from,
                Instant to,
                BigDecimal quantity,
                Money unitPrice,
                Money surcharge,
                Money amount,
                Optional<LineTax> tax) {
            this(
                    kind,
                    of,
                    subjectId,
                    name,
                    what,
                    from,
                    to,
                    quantity,
                    unitPrice,
                    surcharge,
                    amount,
                    tax,
                    Optional.empty());
        }

        /** The amount without tax. */
        public Money net() {
            return tax.filter(LineTax::isIncluded)
                    .map(bears -> amount.minus(bears.amount()))
                    .orElse(amount);
        }
    }

    /** Returns the latest period whose documents are due to be issued now. */
    public BillingPeriod latestDue() {
        return BillingPeriod.latestDue(clock.instant(), window(), tenant().zone());
    }

    /**
     * Records charges and refunds other than hours, and ensures that number series exist; called once before documents are issued. Runs in a
     * separate transaction, so that it blocks no other work.
     *
     * @throws IllegalArgumentException if the period's window is still open
     */
    public Month prepare(BillingPeriod period) {
        var now = clock.instant();
        if (!period.isDue(now, window())) {
            throw new IllegalArgumentException("documents of " + period.month() + " are not due at " + now);
        }
        var unused =
                sql.one("select collect_invoice_items(?, ?) as items", row -> row.whole("items"), period.to(), now);
        return numbered(period);
    }

    /** Returns a prepared period with the series of this year, which may have started since then. */
    public Month numbered(BillingPeriod period) {
        var year = clock.instant().atZone(tenant().zone()).getYear();
        return new Month(period, new NumberSequence(sql, clock).of(DocumentKind.INVOICE, year));
    }

    /**
     * Returns the exchange rates to the accounting currency for documents of a period in other currencies: those of its last day, or of the
     * last day before it with rates. A currency without a rate is not included, and its documents wait.
     */
    private List<ExchangeRate> rates(BillingPeriod period) {
        var home = tenant().currency();
        return currencies.others().stream()
                .flatMap(one -> rates.of(home, one, period.month().atEndOfMonth()).stream())
                .toList();
    }

    private static String[] texts(List<ExchangeRate> rates, Function<ExchangeRate, String> of) {
        return rates.stream().map(of).toArray(String[]::new);
    }

    /**
     * Issues the documents of the next wallets of a range that have an amount due and no document of the period yet. Documents in a currency
     * without a known rate wait.
     */
    public Batch issue(Range range, Month month) {
        var known = rates(month.period());
        var now = clock.instant();
        var issued = sql.one(
                ISSUE,
                Invoicing::issued,
                range.after(),
                range.to(),
                range.limit(),
                month.period().from(),
                month.period().to(),
                month.seriesId(),
                tenant().currency(),
                tenant().currency().getDefaultFractionDigits(),
                texts(known, rate -> rate.other().getCurrencyCode()),
                texts(known, rate -> rate.perHome().toPlainString()),
                texts(known, rate -> rate.day().toString()),
                texts(known, ExchangeRate::source),
                Actors.require().name(),
                now,
                LocalDate.ofInstant(now, tenant().zone()));
        if (issued.batch().documents() > 0) {
            publish(issued, month);
        }
        return issued.batch();
    }

    /**
     * Returns the current lines of a wallet's document for a period, by the same queries that record and issue it. While the window of the
     * previous period is open, items of that period or earlier will be on another document, and are excluded.
     */
    public List<Line> preview(UUID walletId, BillingPeriod period) {
        var zone = tenant().zone();
        var before = BillingPeriod.of(period.month().minusMonths(1), zone);
        return sql.query(
                """
                select d.kind, d.kind as of_kind, d.subject_id, d.name, d.what, d.from_at, d.to_at, d.quantity, d.unit_price, d.surcharge, d.amount,
                       d.tax_id, t.treatment, t.place, t.rate as tax_rate, t.included as tax_included, t.parts as tax_parts, d.tax,
                       d.wallet_id, d.rated_period_id, d.entry_id, y.late_at, m.id || ' ' || m.number_text as late_document, w.currency
                  from next_lines(?, ?) d
                  join wallet w on w.id = d.wallet_id
                 cross join lateral (select case when d.from_at < ? then d.from_at end as late_at) y
                  left join invoice m on m.wallet_id = d.wallet_id and m.kind = 'INVOICE' and m.period_from <= y.late_at
                        and m.period_to > y.late_at
                  left join applied_tax t on t.id = d.tax_id
                 where ?
                    or not exists (select from next_lines(?, ?) e
                                    where e.rated_period_id = d.rated_period_id or e.entry_id = d.entry_id)
                 order by d.name, d.subject_id, d.from_at, d.rated_period_id, d.entry_id
                """,
                row -> line(row, Currency.getInstance(row.text("currency")), zone),
                walletId,
                period.to(),
                period.from(),
                before.isDue(clock.instant(), window()),
                walletId,
                before.to());
    }

    static Line line(Row row, Currency currency, ZoneId zone) {
        return new Line(
                row.text("kind"),
                row.text("of_kind"),
                row.maybeUuid("subject_id"),
                row.text("name"),
                row.text("what"),
                row.instant("from_at"),
                row.instant("to_at"),
                row.decimal("quantity"),
                new Money(row.decimal("unit_price"), currency),
                new Money(row.decimal("surcharge"), currency),
                new Money(row.decimal("amount"), currency),
                LineTax.of(row, currency),
                Optional.of(LineSource.of(row, zone)));
    }

    /** Incoming payments settle the oldest open document first; returned payments reopen the newest. */
    void walletMoved(@Observes WalletBalanceChanged event) {
        if (!event.isCorrection()) {
            settle(event.walletId());
        }
    }

    /** Settles the documents of a wallet, which is locked; returns the number of those that are now paid. */
    int settle(UUID walletId) {
        return new DocumentSettlement(sql, audit).settle(walletId, clock.instant());
    }

    /** Whether the reseller's details have been entered: nothing is issued before. */
    public boolean hasSeller() {
        return sql.one("select exists (select from invoice_seller) as known", row -> row.flag("known"));
    }

    private void publish(Issued issued, Month month) {
        audit.record(
                "invoice.issued",
                "invoice_number_sequence",
                month.seriesId().toString(),
                Map.of(
                        "month",
                        month.period().month(),
                        "first",
                        issued.firstNumber(),
                        "documents",
                        issued.batch().documents(),
                        "net",
                        issued.batch().net().toPlainString()));
    }

    private static Issued issued(Row row) {
        return new Issued(
                new Batch(
                        row.whole("wallets"),
                        row.whole("documents"),
                        row.whole("written_lines"),
                        row.decimal("amount"),
                        row.whole("waiting"),
                        row.maybeUuid("last_wallet").orElse(null),
                        row.flag("is_last")),
                row.big("first_number"));
    }

    /** The time after a month's end until its documents are issued. */
    public Duration window() {
        return sql.one("select window_hours from invoice_policy", row -> Duration.ofHours(row.whole("window_hours")));
    }

    /** The start of the first month with documents; empty if that is the month in which the reseller started. */
    public Optional<Instant> firstAt() {
        return sql.one("select first_at from invoice_policy", row -> row.maybeInstant("first_at"));
    }

    private Tenant tenant() {
        return tenants.current();
    }
}
