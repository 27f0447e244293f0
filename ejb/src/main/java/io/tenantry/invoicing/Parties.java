package io.tenantry.invoicing;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.invoicing.Seller.Field;
import io.tenantry.tax.PlaceChanged;
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

/** Who sells and who buys, as documents say it from now on. What is corrected is written anew: a document keeps what it was issued with. */
@Stateless
public class Parties {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Event<PlaceChanged> changed;

    /** For the container. */
    public Parties() {}

    /** For use outside a container. */
    public Parties(Sql sql, Clock clock, Access access, AuditTrail audit) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
    }

    /** How writing ended. */
    public sealed interface Outcome {
        /** It is on documents from now on. */
        record Written() implements Outcome {}

        /** It says that already. */
        record Unchanged() implements Outcome {}

        /** These fields are not acceptable; nothing was written. */
        record Invalid(Set<Field> fields) implements Outcome {}
    }

    /** Who the reseller says it is; empty as long as it has not. */
    public Optional<Seller> seller() {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return rows().latestSeller();
    }

    /** The reseller says who it is. What waits for that is tried again. */
    public Outcome sell(Seller seller) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var faults = seller.faults();
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        if (rows().latestSeller().filter(seller::equals).isPresent()) {
            return new Outcome.Unchanged();
        }
        var at = seller.address();
        sql.update(
                """
                insert into invoice_seller (name, street, postcode, city, country, vat_number, tax_number, register, email, phone,
                                            bank, iban, bic, note, noted_at, noted_by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                at.name(),
                at.street(),
                at.postcode(),
                at.city(),
                at.country(),
                seller.vatNumber(),
                seller.taxNumber(),
                seller.register(),
                seller.email(),
                seller.phone(),
                seller.bank(),
                seller.iban(),
                seller.bic(),
                seller.note(),
                clock.instant(),
                Actors.require().name());
        sql.update("update work.invoicing_run set retry_at = clock_timestamp() where state = 'WAITING'");
        audit.record("invoice.seller_changed", "tenant", "seller", Map.of("name", at.name(), "country", at.country()));
        return new Outcome.Written();
    }

    /** To whom an organization's documents are made out; the organization itself as long as nobody said more. */
    public Buyer buyer(UUID organizationId) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return rows().latestBuyer(organizationId);
    }

    /** Says to whom an organization's documents are made out. Where the reseller collects taxes of regions, it must say of which one it is. */
    public Outcome buy(UUID organizationId, Buyer buyer) {
        access.requireIn(organizationId, Permission.BILLING_MANAGE);
        var faults = buyer.faults();
        if (buyer.region().isEmpty() && isTaxedByRegion(buyer.address().country())) {
            faults.add(Field.REGION);
        }
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        var before = rows().latestBuyer(organizationId);
        if (before.equals(buyer)) {
            return new Outcome.Unchanged();
        }
        var at = buyer.address();
        sql.update(
                """
                insert into invoice_buyer (organization_id, name, street, postcode, city, country, region, vat_number, email, reference,
                                           noted_at, noted_by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                organizationId,
                at.name(),
                at.street(),
                at.postcode(),
                at.city(),
                at.country(),
                buyer.region(),
                buyer.vatNumber(),
                buyer.email(),
                buyer.reference(),
                clock.instant(),
                Actors.require().name());
        audit.record(
                "invoice.buyer_changed",
                "organization",
                organizationId.toString(),
                Map.of("name", at.name(), "country", at.country()));
        tell(organizationId, before, buyer);
        return new Outcome.Written();
    }

    /** Where tax is collected, another place may be another tax. */
    private void tell(UUID organizationId, Buyer before, Buyer now) {
        var isNumberChanged = !before.vatNumber().equals(now.vatNumber());
        var isMoved = !before.address().country().equals(now.address().country())
                || !before.region().equals(now.region());
        if ((isNumberChanged || isMoved)
                && sql.one("select exists (select from tax_registration) as known", row -> row.flag("known"))) {
            changed.fire(new PlaceChanged(organizationId, isNumberChanged));
        }
    }

    private boolean isTaxedByRegion(String country) {
        return sql.one(
                "select exists (select from tax_registration where country like ? || '-%') as known",
                row -> row.flag("known"), country);
    }

    private PartyRows rows() {
        return new PartyRows(sql);
    }
}
