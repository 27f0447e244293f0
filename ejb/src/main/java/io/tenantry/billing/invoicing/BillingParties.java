package io.tenantry.billing.invoicing;

import io.tenantry.billing.invoicing.InvoiceSeller.Field;
import io.tenantry.billing.tax.TaxLocationChanged;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Seller and buyer details for documents from now on. Corrections add a new version: a document keeps the one it was issued with. */
@Stateless
public class BillingParties {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Event<TaxLocationChanged> changed;

    /** For the container. */
    public BillingParties() {}

    /** For use outside a container. */
    public BillingParties(Sql sql, Clock clock, Access access, AuditTrail audit) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
    }

    /** Outcome of a change. */
    public sealed interface Outcome {
        /** The new details apply to documents from now on. */
        record Written() implements Outcome {}

        /** The details are already as given. */
        record Unchanged() implements Outcome {}

        /** These fields are not acceptable; nothing was written. */
        record Invalid(Set<Field> fields) implements Outcome {}
    }

    /** Returns the reseller's details as seller; empty until they have been entered. */
    public Optional<InvoiceSeller> seller() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return rows().latestSeller();
    }

    /** Changes the reseller's details. Work that waited for them is retried. */
    public Outcome sell(InvoiceSeller invoiceSeller) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var faults = invoiceSeller.faults();
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        if (rows().latestSeller().filter(invoiceSeller::equals).isPresent()) {
            return new Outcome.Unchanged();
        }
        var at = invoiceSeller.address();
        sql.update(
                """
                insert into invoice_seller (name, street, postcode, city, country, vat_number, tax_number, register, email, phone,
                                            bank, iban, bic, note, recorded_at, recorded_by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                at.name(),
                at.street(),
                at.postcode(),
                at.city(),
                at.country(),
                invoiceSeller.vatNumber(),
                invoiceSeller.taxNumber(),
                invoiceSeller.register(),
                invoiceSeller.email(),
                invoiceSeller.phone(),
                invoiceSeller.bank(),
                invoiceSeller.iban(),
                invoiceSeller.bic(),
                invoiceSeller.note(),
                clock.instant(),
                Actors.require().name());
        sql.update("update work.invoicing_run set retry_at = clock_timestamp() where state = 'WAITING'");
        audit.record("invoice.seller_changed", "tenant", "seller", Map.of("name", at.name(), "country", at.country()));
        return new Outcome.Written();
    }

    /** Returns the recipient of an organization's documents; the organization itself by default. */
    public InvoiceBuyer buyer(UUID organizationId) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return rows().latestBuyer(organizationId);
    }

    /** Changes the recipient of an organization's documents. If the reseller collects regional taxes, the region is required. */
    public Outcome buy(UUID organizationId, InvoiceBuyer invoiceBuyer) {
        access.requireIn(organizationId, Permission.BILLING_MANAGE);
        var faults = invoiceBuyer.faults();
        if (invoiceBuyer.region().isEmpty()
                && isTaxedByRegion(invoiceBuyer.address().country())) {
            faults.add(Field.REGION);
        }
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        var before = rows().latestBuyer(organizationId);
        if (before.equals(invoiceBuyer)) {
            return new Outcome.Unchanged();
        }
        var at = invoiceBuyer.address();
        sql.update(
                """
                insert into invoice_buyer (organization_id, name, street, postcode, city, country, region, vat_number, email, reference,
                                           recorded_at, recorded_by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                organizationId,
                at.name(),
                at.street(),
                at.postcode(),
                at.city(),
                at.country(),
                invoiceBuyer.region(),
                invoiceBuyer.vatNumber(),
                invoiceBuyer.email(),
                invoiceBuyer.reference(),
                clock.instant(),
                Actors.require().name());
        audit.record(
                "invoice.buyer_changed",
                "organization",
                organizationId.toString(),
                Map.of("name", at.name(), "country", at.country()));
        publish(organizationId, before, invoiceBuyer);
        return new Outcome.Written();
    }

    /** If tax is collected, a different place may mean a different tax. */
    private void publish(UUID organizationId, InvoiceBuyer before, InvoiceBuyer now) {
        var isNumberChanged = !before.vatNumber().equals(now.vatNumber());
        var isMoved = !before.address().country().equals(now.address().country())
                || !before.region().equals(now.region());
        if ((isNumberChanged || isMoved)
                && sql.one("select exists (select from tax_registration) as known", row -> row.flag("known"))) {
            changed.fire(new TaxLocationChanged(organizationId, isNumberChanged));
        }
    }

    private boolean isTaxedByRegion(String country) {
        return sql.one(
                "select exists (select from tax_registration where country like ? || '-%') as known",
                row -> row.flag("known"), country);
    }

    private BillingPartyRepository rows() {
        return new BillingPartyRepository(sql);
    }
}
