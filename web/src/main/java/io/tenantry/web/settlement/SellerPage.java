package io.tenantry.web.settlement;

import io.tenantry.people.identity.Permission;
import io.tenantry.settlement.PlatformSellerSettings;
import io.tenantry.settlement.PlatformSellerSettings.Identity;
import io.tenantry.settlement.PlatformSellerSettings.Outcome;
import io.tenantry.settlement.SettlementTaxes.TaxCollection;
import io.tenantry.web.billing.invoicing.SellerForm;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The platform's identity on its invoices to resellers, and earlier ones. */
@Named
@RequestScoped
public class SellerPage extends SellerForm {
    private static final String HERE = "/admin/settlements/seller";

    @Inject
    PlatformSellerSettings settings;

    @Inject
    CurrentPerson me;

    @Inject
    Format format;

    private TaxCollection taxCollection = TaxCollection.NONE;
    private @Nullable List<Identity> identities;

    /** Loads the identity in force, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            getIdentities().stream().findFirst().ifPresent(last -> {
                show(last.seller());
                taxCollection = last.collects();
            });
        });
    }

    /** Saves the platform's identity. */
    public void save() {
        var invoiceSeller = seller();
        var outcome = settings.sell(invoiceSeller, taxCollection);
        if (outcome instanceof Outcome.Invalid invalid) {
            refuse(
                    invalid.fields(),
                    new ValidVatNumber(
                            invoiceSeller.vatNumber(), invoiceSeller.address().country()),
                    format);
        } else if (outcome instanceof Outcome.Unrated) {
            PageResult.refuse("party:collects", format.text("settlement.seller.unrated"));
        } else if (outcome instanceof Outcome.Unnumbered) {
            PageResult.refuse("party:vat_number", format.text("settlement.seller.unnumbered"));
        } else {
            PageResult.go(HERE, format.text("settlement.seller.saved"));
        }
    }

    /** Whether the user may change it. The use case checks the permission again. */
    public boolean isManaged() {
        return me.may(Permission.PLATFORM_TENANTS_MANAGE);
    }

    /** Returns the earlier identities, the latest first. */
    public List<Identity> getIdentities() {
        var known = identities;
        if (known == null) {
            known = settings.identities();
            identities = known;
        }
        return known;
    }

    public TaxCollection[] getWays() {
        return TaxCollection.values();
    }

    public TaxCollection getCollects() {
        return taxCollection;
    }

    public void setCollects(TaxCollection taxCollection) {
        this.taxCollection = taxCollection;
    }
}
