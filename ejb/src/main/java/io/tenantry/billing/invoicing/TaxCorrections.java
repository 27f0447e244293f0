package io.tenantry.billing.invoicing;

import io.tenantry.billing.wallet.AppliedTax;
import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Corrects tax that was charged only because a customer's VAT number could not be verified at the time. For each invoice, a credit note
 * reverses the remainder of the taxed lines with the tax, and charges it again without tax, so that its total is the tax. Hours and items of
 * the running month are reversed and charged again by items, so that their document is correct when it is issued. The wallet gets the tax,
 * once. The amounts to correct are determined under the wallets' locks, so that they are corrected only once, regardless of who requests it and
 * how often.
 */
@Stateless
public class TaxCorrections {
    private static final String NUMBER =
            "select vat_number from invoice_buyer where organization_id = ? order by id desc limit 1";

    private static final String ITEM = """
            insert into invoice_item (entry_id, wallet_id, kind, service_id, reason, currency, amount, effective_at, collected_at,
                                      tax_id, tax_rate, tax_included, tax)
            select e.id, p.account_id, ?, ?::uuid, coalesce(e.reason, ''), p.currency, x.amount, e.effective_at, ?,
                   x.tax_id, x.rate, x.included, x.tax
              from journal_entry e
              join entry_tax x on x.entry_id = e.id
              join posting p on p.entry_id = e.id and p.account_id = ?
             where e.id = ?
            returning id
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
    Wallets wallets;

    @Inject
    ItemCharges itemCharges;

    @Inject
    WorkItems items;

    /** For the container. */
    public TaxCorrections() {}

    /** For use outside a container. */
    TaxCorrections(
            Sql sql,
            Clock clock,
            Access access,
            AuditTrail audit,
            TenantDirectory tenants,
            Wallets wallets,
            ItemCharges itemCharges,
            WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.wallets = wallets;
        this.itemCharges = itemCharges;
        this.items = items;
    }

    /** An invoice with refundable tax. */
    public record Taxed(UUID id, String number, Money tax) implements Serializable {
        private Taxed plus(Taxed line) {
            return new Taxed(id, number, tax.plus(line.tax()));
        }

        private Taxed inCents() {
            var decimals = tax.currency().getDefaultFractionDigits();
            return new Taxed(
                    id, number, new Money(tax.amount().setScale(decimals, RoundingMode.HALF_UP), tax.currency()));
        }
    }

    /**
     * Possible corrections for an organization.
     *
     * @param number its VAT number, which was confirmed
     * @param invoices on which it paid tax before that
     * @param running tax on hours and items of the running month, which are on no invoice yet
     * @param waiting tax on those of earlier months whose invoice is still to be issued; it is corrected after that
     */
    public record Offer(String number, List<Taxed> invoices, Money running, Money waiting) implements Serializable {
        public Offer {
            invoices = List.copyOf(invoices);
        }

        /** The amount that would be refunded now. Each invoice rounds it to the cent separately. */
        public Money sum() {
            return invoices.stream().map(Taxed::tax).reduce(running, Money::plus);
        }

        /** Whether there is nothing to correct, now or later. */
        public boolean isEmpty() {
            return sum().isZero() && waiting.isZero();
        }
    }

    /**
     * Result of a correction.
     *
     * @param creditNotes the ids of the documents that were issued
     * @param running the amount refunded for the running month
     */
    public record Corrected(List<UUID> creditNotes, Money running) {
        public Corrected {
            creditNotes = List.copyOf(creditNotes);
        }

        /** Whether there was nothing to correct, perhaps because it was corrected before. */
        public boolean isNothing() {
            return creditNotes.isEmpty() && running.isZero();
        }
    }

    /** Returns the possible corrections for an organization. */
    public Offer offer(UUID organizationId) {
        access.require(Permission.STAFF_BILLING_VIEW);
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        var zero = zero(organizationId);
        var all = new UnverifiedCharges(sql, clock, tenants).of(organizationId, zero);
        var invoices = new LinkedHashMap<UUID, Taxed>();
        all.stream()
                .filter(UnverifiedCharge::isLine)
                .forEach(one -> invoices.merge(
                        one.invoiceId(), new Taxed(one.invoiceId(), one.invoice(), one.tax()), Taxed::plus));
        return new Offer(
                number(organizationId),
                invoices.values().stream()
                        .map(Taxed::inCents)
                        .filter(taxed -> !taxed.tax().isZero())
                        .toList(),
                taxOf(all, false, zero),
                taxOf(all, true, zero));
    }

    private static Money taxOf(List<UnverifiedCharge> all, boolean isWaiting, Money zero) {
        return all.stream()
                .filter(one -> !one.isLine() && one.isWaiting() == isWaiting)
                .map(UnverifiedCharge::tax)
                .reduce(zero, Money::plus);
    }

    /** Makes all corrections for an organization that are possible now. */
    public Corrected correct(UUID organizationId) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return correct(organizationId, false);
    }

    /**
     * Same as {@link #correct(UUID)}, if the reseller has enabled automatic corrections and VIES has confirmed the number. Part of a work item.
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void correct(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        if (new TaxCorrectionPolicy(sql).isAutomatic()) {
            var unused = correct(claimedWorkItem.subject(), true);
        }
    }

    private Corrected correct(UUID organizationId, boolean isProven) {
        // Serializes with concurrent corrections, invoicing and charging.
        sql.query(
                "select id from wallet where organization_id = ? order by id for no key update",
                row -> row.uuid("id"),
                organizationId);
        var zero = zero(organizationId);
        var all = new UnverifiedCharges(sql, clock, tenants)
                .of(organizationId, zero).stream()
                        .filter(one -> !one.isWaiting() && (one.isProven() || !isProven))
                        .toList();
        if (all.isEmpty()) {
            return new Corrected(List.of(), zero);
        }
        var number = number(organizationId);
        var reason = reason(number);
        var now = reverseCharge(all.get(0).country());
        var byInvoice = new LinkedHashMap<UUID, SortedSet<Integer>>();
        all.stream()
                .filter(UnverifiedCharge::isLine)
                .forEach(one -> byInvoice
                        .computeIfAbsent(one.invoiceId(), any -> new TreeSet<>())
                        .add(one.place()));
        var creditNotes = byInvoice.entrySet().stream()
                .flatMap(one -> credit(one.getKey(), one.getValue(), now, reason).stream())
                .toList();
        var running = all.stream().filter(one -> !one.isLine()).toList();
        running.stream()
                .map(UnverifiedCharge::walletId)
                .distinct()
                .forEach(wallet -> retax(wallet, running, now, reason));
        var corrected = new Corrected(creditNotes, taxOf(running, false, zero));
        if (creditNotes.isEmpty() && running.isEmpty()) {
            return corrected;
        }
        audit.record(
                "tax.corrected",
                "organization",
                organizationId.toString(),
                Map.of(
                        "number",
                        number,
                        "credit_notes",
                        creditNotes.size(),
                        "running",
                        corrected.running().amount().toPlainString()));
        return corrected;
    }

    /** Credits the tax of one invoice; empty if it is less than the smallest coin, which no document can state. */
    private Optional<UUID> credit(UUID invoiceId, SortedSet<Integer> positions, AppliedTax now, String reason) {
        var invoiceCorrector = new InvoiceCorrector(sql, clock, audit, tenants, itemCharges);
        var invoice = invoiceCorrector.find(invoiceId).orElseThrow();
        var left = new TreeMap<Integer, BigDecimal>();
        positions.forEach(
                position -> left.put(position, invoice.line(position).left().amount()));
        if (CorrectionAmounts.ofCredit(sql, invoice, left).tax().isZero()) {
            return Optional.empty();
        }
        var id = Ids.next(clock);
        var number = invoiceCorrector.retax(id, invoice, positions, now, reason);
        invoiceCorrector.audit("invoice.retaxed", invoice, "credit_note", number, reason);
        return Optional.of(id);
    }

    private void retax(UUID walletId, List<UnverifiedCharge> running, AppliedTax now, String reason) {
        var things =
                running.stream().filter(one -> one.walletId().equals(walletId)).toList();
        var moved = itemCharges.adjustTax(
                walletId,
                things.stream()
                        .map(one -> {
                            var key = "tax-correction:" + one.source().toLowerCase(Locale.ROOT) + ":" + one.sourceId();
                            return new ItemCharges.TaxAdjusted(one.amount(), one.terms(), key, reason, key);
                        })
                        .toList(),
                now);
        var at = clock.instant();
        for (var nth = 0; nth < things.size(); nth++) {
            var one = things.get(nth);
            var untaxed = item("UNTAXED", one, moved.get(nth).untaxed(), at);
            var retaxed = item("TAX_CORRECTED", one, moved.get(nth).retaxed(), at);
            var isHours = "HOURS".equals(one.source());
            sql.update("""
                    insert into tax_corrected_charge (rated_period_id, entry_id, untaxed_item_id, corrected_item_id, corrected_at)
                    values (?::bigint, ?::bigint, ?, ?, ?)
                    """, isHours ? one.sourceId() : null, isHours ? null : one.sourceId(), untaxed, retaxed, at);
        }
    }

    private long item(String kind, UnverifiedCharge one, long entry, Instant at) {
        return sql.one(
                ITEM,
                row -> row.big("id"),
                kind,
                one.subjectId().equals(UnverifiedCharge.NONE) ? null : one.subjectId(),
                at,
                one.walletId(),
                entry);
    }

    /** Returns the tax terms of a business to which the reverse charge applies in its country. */
    private AppliedTax reverseCharge(String country) {
        return sql.one(
                "select reverse_charge_in(?) as id",
                row -> new AppliedTax(row.big("id"), BigDecimal.ZERO, false),
                country);
    }

    /** In the reseller's language, because it is printed on documents. */
    private String reason(String number) {
        var words = ResourceBundle.getBundle(
                "io.tenantry.billing.invoicing.reasons",
                tenants.current().locale(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return new MessageFormat(
                        words.getString("number-confirmed"), tenants.current().locale())
                .format(new Object[] {number});
    }

    private String number(UUID organizationId) {
        return sql.first(NUMBER, row -> row.text("vat_number"), organizationId).orElse("");
    }

    /** Zero, in the currency in which the organization pays. */
    private Money zero(UUID organizationId) {
        return Money.zero(wallets.currency(organizationId));
    }
}
