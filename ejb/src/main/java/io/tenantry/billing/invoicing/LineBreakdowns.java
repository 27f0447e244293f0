package io.tenantry.billing.invoicing;

import io.tenantry.billing.invoicing.InvoiceReferences.Reference;
import io.tenantry.billing.invoicing.LineBreakdown.BilledResource;
import io.tenantry.billing.invoicing.LineBreakdown.Buyer;
import io.tenantry.billing.invoicing.LineBreakdown.Day;
import io.tenantry.billing.invoicing.LineBreakdown.Entry;
import io.tenantry.billing.invoicing.LineBreakdown.EntrySubject;
import io.tenantry.billing.invoicing.LineBreakdown.Hours;
import io.tenantry.billing.invoicing.LineBreakdown.Price;
import io.tenantry.billing.invoicing.LineBreakdown.ResourceStatus;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;

/**
 * Explains document lines: their hours and price, who ordered the item, how it is taxed, and when it was charged to the wallet. Each source
 * appears on exactly one line, so lines are identified by their source, whether they are on a document yet or not.
 */
@Stateless
public class LineBreakdowns {
    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public LineBreakdowns() {}

    /** For use outside a container. */
    public LineBreakdowns(Sql sql, Access access, TenantDirectory tenants) {
        this.sql = sql;
        this.access = access;
        this.tenants = tenants;
    }

    /** An explanation, still without its days. */
    private record FoundLine(LineBreakdown explanation, boolean isRunning, Money monthCap, Money cap, Price price) {}

    /**
     * Explains the hours of a rated period of a wallet.
     *
     * @throws NotFoundException if there is none, or it belongs to an organization that the user has no access to
     */
    public LineBreakdown ofPeriod(UUID walletId, long period) {
        var zone = tenants.current().zone();
        var mayKnow = access.allows(Permission.STAFF_PLANS_VIEW);
        var foundLine = sql.first(LineBreakdownSql.PERIOD, row -> period(row, zone, mayKnow), walletId, period)
                .orElseThrow(() -> new NotFoundException("line", period));
        var it = foundLine.explanation();
        access.requireIn(it.organizationId(), Permission.BILLING_VIEW);
        var currency = it.line().amount().currency();
        var days = sql.query(
                LineBreakdownSql.DAYS,
                row -> new Day(
                        row.date("day"),
                        row.whole("hours"),
                        row.whole("entries"),
                        new Money(row.decimal("amount"), currency)),
                zone.getId(),
                period);
        return with(
                it, new Hours(foundLine.isRunning(), foundLine.monthCap(), foundLine.cap(), foundLine.price(), days));
    }

    /**
     * Explains a wallet's journal entry that is not a charge for hours.
     *
     * @throws NotFoundException if no line of a document or of the next one is based on it, or it belongs to an organization that the user has
     *     no access to
     */
    public LineBreakdown ofEntry(UUID walletId, long entry) {
        var zone = tenants.current().zone();
        var found = sql.first(LineBreakdownSql.ENTRY, row -> entry(row, zone), walletId, entry)
                .orElseThrow(() -> new NotFoundException("line", entry));
        access.requireIn(found.organizationId(), Permission.BILLING_VIEW);
        return found;
    }

    private static LineBreakdown with(LineBreakdown it, Hours hours) {
        return new LineBreakdown(
                it.organizationId(),
                it.organization(),
                it.line(),
                it.document(),
                it.thing(),
                it.buyer(),
                Optional.of(hours),
                it.entry());
    }

    private static FoundLine period(Row row, ZoneId zone, boolean mayKnow) {
        var priceInternals = new LineBreakdown.PriceInternals(
                row.text("published_by"), row.instant("published_at"), money(row, "wholesale_monthly"));
        var price = new Price(
                row.maybeUuid("plan_id"),
                row.whole("version"),
                money(row, "monthly"),
                row.instant("valid_from"),
                Optional.of(priceInternals).filter(any -> mayKnow));
        return new FoundLine(
                explanation(row, zone, Optional.empty()),
                row.flag("open"),
                money(row, "month_cap"),
                money(row, "cap"),
                price);
    }

    private static LineBreakdown entry(Row row, ZoneId zone) {
        var entry = new Entry(
                row.big("entry_id"), row.instant("effective_at"), row.text("actor"), row.text("reason"), about(row));
        return explanation(row, zone, Optional.of(entry));
    }

    private static LineBreakdown explanation(Row row, ZoneId zone, Optional<Entry> entry) {
        return new LineBreakdown(
                row.uuid("organization_id"),
                row.text("organization"),
                Invoicing.line(row, Currency.getInstance(row.text("currency")), zone),
                row.maybeText("document").map(text -> new ResourceStatus(Reference.of(text), row.whole("position"))),
                row.maybeUuid("thing_id")
                        .map(id -> new BilledResource(
                                id,
                                row.text("thing_kind"),
                                row.uuid("server_id"),
                                row.instant("ordered_at"),
                                row.text("ordered_by"))),
                new Buyer(
                        row.text("buyer_place"),
                        row.text("buyer_number"),
                        row.text("buyer_status"),
                        row.text("buyer_evidence"),
                        row.maybeInstant("buyer_since")),
                Optional.empty(),
                entry);
    }

    private static Optional<EntrySubject> about(Row row) {
        if (row.maybeText("corrected").isPresent()) {
            return Optional.of(corrected(row));
        }
        if (row.maybeBig("used_bytes").isPresent()) {
            return Optional.of(new LineBreakdown.Transfer(
                    row.instant("bill_from"),
                    row.instant("bill_to"),
                    row.big("used_bytes"),
                    row.big("included_bytes"),
                    row.big("over_bytes"),
                    row.big("prepaid_bytes"),
                    money(row, "per_gib")));
        }
        if (row.maybeBig("pack_bytes").isPresent()) {
            return Optional.of(new LineBreakdown.Pack(
                    row.big("pack_bytes"), row.text("bought_by"), row.maybeInstant("expires_at")));
        }
        if (row.maybeInstant("missing_since").isPresent()) {
            var option = row.maybeUuid("addon_discrepancy_id");
            return Optional.of(new LineBreakdown.MissingResource(
                    option.orElseGet(() -> row.uuid("finding_id")), option.isPresent(), row.instant("missing_since")));
        }
        return row.maybeWhole("nth").map(nth -> new LineBreakdown.LateFeeOrigin(nth, money(row, "shortfall")));
    }

    private static EntrySubject corrected(Row row) {
        return new LineBreakdown.CorrectedLine(
                Reference.of(row.text("corrected")),
                row.whole("corrected_position"),
                new LineSource(
                        row.uuid("wallet_id"),
                        row.maybeBig("corrected_period"),
                        row.maybeBig("corrected_entry"),
                        Optional.empty()));
    }

    private static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }
}
