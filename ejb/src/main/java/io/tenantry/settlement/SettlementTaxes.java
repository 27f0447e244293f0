package io.tenantry.settlement;

import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.billing.tax.TaxCustomer.Status;
import io.tenantry.billing.tax.TaxDetermination;
import io.tenantry.billing.tax.TaxRates;
import io.tenantry.billing.tax.TaxRegistrationStatus;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.settlement.ResellerAccounts.Account;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The tax of a settlement, by the same rules as sales of resellers. Unproven statements do not count: as long as operators have not verified
 * the VAT number that it states, a reseller pays tax like anyone.
 *
 * <p>Joins the caller's transaction, which must be the platform's.
 */
@ApplicationScoped
public class SettlementTaxes {
    @Inject
    Sql sql;

    @Inject
    TenantDirectory tenants;

    private TaxRates rates = TaxRates.known();

    /** For the container. */
    public SettlementTaxes() {}

    /** For use outside a container. */
    SettlementTaxes(Sql sql, TenantDirectory tenants) {
        this.sql = sql;
        this.tenants = tenants;
    }

    /** Whether the platform collects tax. */
    public enum TaxCollection {
        /** None: its country has no such tax, or is not known here. */
        NONE,
        /** It is registered in its own country. */
        HOME,
        /** Its own country lets it collect none, because it sells little. */
        SMALL_BUSINESS;

        TaxRegistrationStatus in(String country) {
            return new TaxRegistrationStatus(
                    country, this == NONE ? Set.of() : Set.of(country), false, this == SMALL_BUSINESS);
        }
    }

    /**
     * The tax of a settlement.
     *
     * @param sellerId the row of the platform as the seller
     * @param buyer the recipient
     */
    record SettlementTax(long sellerId, InvoiceBuyer buyer, TaxTreatment treatment, String place, BigDecimal percent) {}

    private record SellerTax(long id, String country, TaxCollection collects) {}

    private record StoredTaxStatus(Status status, String vatNumber) {
        /** A status proven for another VAT number does not apply to this one. */
        Status of(InvoiceBuyer invoiceBuyer) {
            return status == Status.BUSINESS && !vatNumber.equals(invoiceBuyer.vatNumber()) ? Status.CONSUMER : status;
        }
    }

    /** Whether a tax rate is known there, so that tax can be collected. */
    boolean isRated(String country, LocalDate day) {
        return rates.on(day, country, TaxRates.STANDARD).isPresent();
    }

    /**
     * Returns the tax of a settlement that is issued now.
     *
     * @param stated the reseller's own statement; without one, it is treated as a buyer in the platform's own country of whom only the name is
     *     known
     * @param day whose rates apply
     * @return empty as long as the platform is not recorded as a seller
     */
    Optional<SettlementTax> of(Account account, Optional<InvoiceBuyer> stated, LocalDate day) {
        return sql.first(
                        "select id, country, collects from platform_seller order by id desc limit 1",
                        row -> new SellerTax(
                                row.big("id"), row.text("country"), TaxCollection.valueOf(row.text("collects"))))
                .map(sellerTax -> decide(sellerTax, account, stated.orElseGet(() -> unknown(account, sellerTax)), day));
    }

    private SettlementTax decide(SellerTax sellerTax, Account account, InvoiceBuyer invoiceBuyer, LocalDate day) {
        var country = invoiceBuyer.address().country();
        var status = noted(account.id())
                .map(storedTaxStatus -> storedTaxStatus.of(invoiceBuyer))
                .orElse(Status.CONSUMER);
        var decision = new TaxDetermination(rates)
                .decide(
                        sellerTax.collects().in(sellerTax.country()),
                        new io.tenantry.billing.tax.TaxCustomer(country, status),
                        TaxRates.STANDARD,
                        day);
        return new SettlementTax(
                sellerTax.id(), invoiceBuyer, decision.treatment(), decision.place(), decision.percent());
    }

    private Optional<StoredTaxStatus> noted(UUID account) {
        return sql.first(
                "select status, vat_number from reseller_tax_status where account_id = ? order by id desc limit 1",
                row -> new StoredTaxStatus(Status.valueOf(row.text("status")), row.text("vat_number")),
                account);
    }

    private InvoiceBuyer unknown(Account account, SellerTax sellerTax) {
        var name = tenants.byId(account.tenant())
                .map(Tenant::name)
                .orElseGet(() -> account.tenant().value().toUpperCase(Locale.ROOT));
        return new InvoiceBuyer(new PostalAddress(name, "", "", "", sellerTax.country()), "", "", "");
    }
}
