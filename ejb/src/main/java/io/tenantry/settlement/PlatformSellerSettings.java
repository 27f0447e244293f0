package io.tenantry.settlement;

import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.billing.tax.TaxCustomer.Status;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.settlement.SettlementTaxes.TaxCollection;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The platform as the seller on its invoices to resellers, and the tax status of resellers. Nothing is ever changed: a new statement applies
 * from then on, and issued documents stay as they are.
 */
@Stateless
public class PlatformSellerSettings {
    /** The maximum length of evidence. */
    public static final int EVIDENCE_MAX = 500;

    private static final int NUMBER_MAX = 20;

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
    SettlementTaxes taxes;

    /** For the container. */
    public PlatformSellerSettings() {}

    /** For use outside a container. */
    PlatformSellerSettings(
            Sql sql,
            Clock clock,
            Access access,
            AuditTrail audit,
            TenantDirectory tenants,
            ResellerAccounts accounts,
            SettlementTaxes taxes) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.accounts = accounts;
        this.taxes = taxes;
    }

    /** The platform as a seller, and when this was recorded. */
    public record Identity(InvoiceSeller seller, TaxCollection collects, Instant notedAt, String notedBy) {}

    /**
     * The tax status of a reseller towards the platform.
     *
     * @param vatNumber the one that was verified; empty unless it is a business
     */
    public record SellerStatus(Status status, String vatNumber, String evidence, Instant notedAt, String notedBy) {}

    /**
     * The recipient of the latest invoice.
     *
     * @param number of the invoice
     */
    public record DeclaredTaxStatus(String number, String name, String country, String vatNumber) {}

    /** The result of recording a statement. */
    public sealed interface Outcome {
        record Done() implements Outcome {}

        /** It is already in force. */
        record Unchanged() implements Outcome {}

        /** These fields are invalid; nothing was written. */
        record Invalid(Set<InvoiceSeller.Field> fields) implements Outcome {}

        /** No tax rate of its country is known, so that tax cannot be collected there. */
        record Unrated() implements Outcome {}

        /** A seller that collects tax must state its number. */
        record Unnumbered() implements Outcome {}

        /** The VAT number is missing, or too long. */
        record NoNumber() implements Outcome {}

        /** Evidence is required. */
        record Evidence() implements Outcome {}
    }

    /** Returns the present and past statements, the latest first; none as long as nothing was recorded. */
    public List<Identity> identities() {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return sql.query(
                "select " + PlatformSellerRepository.COLUMNS
                        + ", p.collects, p.recorded_at, p.recorded_by from platform_seller p order by p.id desc limit 50",
                PlatformSellerSettings::identity);
    }

    /** Records the platform as a seller. Documents issued from now on are its invoices. */
    public Outcome sell(InvoiceSeller invoiceSeller, TaxCollection taxCollection) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var faults = invoiceSeller.faults();
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        var at = invoiceSeller.address();
        if (taxCollection != TaxCollection.NONE
                && invoiceSeller.vatNumber().isEmpty()
                && invoiceSeller.taxNumber().isEmpty()) {
            return new Outcome.Unnumbered();
        }
        var today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        if (taxCollection == TaxCollection.HOME && !taxes.isRated(at.country(), today)) {
            return new Outcome.Unrated();
        }
        if (identities().stream()
                .findFirst()
                .filter(last -> last.seller().equals(invoiceSeller) && last.collects() == taxCollection)
                .isPresent()) {
            return new Outcome.Unchanged();
        }
        sql.update(
                """
                insert into platform_seller (name, street, postcode, city, country, vat_number, tax_number, register, email, phone,
                                             bank, iban, bic, note, collects, recorded_at, recorded_by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
                taxCollection,
                clock.instant(),
                Actors.require().name());
        audit.record(
                "settlement.seller_changed",
                "platform",
                "seller",
                Map.of("name", at.name(), "country", at.country(), "collects", taxCollection));
        return new Outcome.Done();
    }

    /** Returns the tax status of a reseller; empty if nothing is proven. */
    public Optional<SellerStatus> status(TenantId tenant) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return sql.first("""
                select t.status, t.vat_number, t.evidence, t.recorded_at, t.recorded_by
                  from reseller_tax_status t
                  join reseller_ledger_account a on a.id = t.account_id
                 where a.tenant = ? and a.closed_at is null
                 order by t.id desc
                 limit 1
                """, PlatformSellerSettings::status, tenant.value());
    }

    /** Returns the recipient of a reseller's latest invoice; empty if there is none. */
    public Optional<DeclaredTaxStatus> stated(TenantId tenant) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return sql.first(
                """
                select s.number_text, i.buyer_name, i.buyer_country, i.buyer_vat_number
                  from settlement_invoice i
                  join settlement s on s.id = i.settlement_id
                  join reseller_ledger_account a on a.id = s.account_id
                 where a.tenant = ? and a.closed_at is null
                 order by s.month desc
                 limit 1
                """,
                row -> new DeclaredTaxStatus(
                        row.text("number_text"),
                        row.text("buyer_name"),
                        row.text("buyer_country"),
                        row.text("buyer_vat_number")),
                tenant.value());
    }

    /**
     * Records the tax status of a reseller, from the next invoice on.
     *
     * @param vatNumber the verified number of a business; ignored otherwise
     * @throws NotFoundException if there is no such reseller
     */
    public Outcome note(TenantId tenant, Status status, String vatNumber, String evidence) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var reseller = tenants.byId(tenant).orElseThrow(() -> new NotFoundException("reseller", tenant));
        var number = status == Status.BUSINESS ? PostalAddress.vatNumber(vatNumber, "") : "";
        var proof = status == Status.CONSUMER ? "" : evidence.strip();
        if (status == Status.BUSINESS && (number.isEmpty() || number.length() > NUMBER_MAX)) {
            return new Outcome.NoNumber();
        }
        if ((status != Status.CONSUMER && proof.isEmpty()) || proof.length() > EVIDENCE_MAX) {
            return new Outcome.Evidence();
        }
        // Issuing takes this lock too: an invoice reflects the status before or after, and nothing in between.
        UUID account = accounts.lock(accounts.of(reseller).id()).id();
        var before = status(tenant);
        var isKnown = before.map(last -> last.status() == status
                        && last.vatNumber().equals(number)
                        && last.evidence().equals(proof))
                .orElse(status == Status.CONSUMER);
        if (isKnown) {
            return new Outcome.Unchanged();
        }
        sql.update(
                """
                insert into reseller_tax_status (account_id, status, vat_number, evidence, recorded_at, recorded_by) values (?, ?, ?, ?, ?, ?)
                """,
                account,
                status,
                number,
                proof,
                clock.instant(),
                Actors.require().name());
        audit.record(
                "settlement.tax_status_changed", "tenant", tenant.value(), Map.of("status", status, "number", number));
        return new Outcome.Done();
    }

    private static Identity identity(Row row) {
        return new Identity(
                PlatformSellerRepository.seller(row),
                TaxCollection.valueOf(row.text("collects")),
                row.instant("recorded_at"),
                row.text("recorded_by"));
    }

    private static SellerStatus status(Row row) {
        return new SellerStatus(
                Status.valueOf(row.text("status")),
                row.text("vat_number"),
                row.text("evidence"),
                row.instant("recorded_at"),
                row.text("recorded_by"));
    }
}
