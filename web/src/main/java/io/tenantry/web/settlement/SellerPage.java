package io.tenantry.web.settlement;

import io.tenantry.identity.Permission;
import io.tenantry.settlement.SettlementOffice;
import io.tenantry.settlement.SettlementOffice.Identity;
import io.tenantry.settlement.SettlementOffice.Outcome;
import io.tenantry.settlement.SettlementTaxes.Collects;
import io.tenantry.web.invoice.SellerForm;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who the platform is on its invoices to resellers, and was. */
@Named
@RequestScoped
public class SellerPage extends SellerForm {
    private static final String HERE = "/console/settlements/seller";

    @Inject
    SettlementOffice office;

    @Inject
    CurrentPerson me;

    @Inject
    Fmt fmt;

    private Collects collects = Collects.NONE;
    private @Nullable List<Identity> identities;

    /** Looks at what is in force, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            getIdentities().stream().findFirst().ifPresent(last -> {
                show(last.seller());
                collects = last.collects();
            });
        });
    }

    /** Says who the platform is. */
    public void save() {
        var seller = seller();
        var outcome = office.sell(seller, collects);
        if (outcome instanceof Outcome.Invalid invalid) {
            refuse(
                    invalid.fields(),
                    new Numbered(seller.vatNumber(), seller.address().country()),
                    fmt);
        } else if (outcome instanceof Outcome.Unrated) {
            Visit.refuse("party:collects", fmt.text("settlement.seller.unrated"));
        } else if (outcome instanceof Outcome.Unnumbered) {
            Visit.refuse("party:vat_number", fmt.text("settlement.seller.unnumbered"));
        } else {
            Visit.go(HERE, fmt.text("settlement.seller.saved"));
        }
    }

    /** Whether it may be changed. The use case asks again. */
    public boolean isManaged() {
        return me.may(Permission.PLATFORM_TENANTS_MANAGE);
    }

    /** What it was before, the latest first. */
    public List<Identity> getIdentities() {
        var known = identities;
        if (known == null) {
            known = office.identities();
            identities = known;
        }
        return known;
    }

    public Collects[] getWays() {
        return Collects.values();
    }

    public Collects getCollects() {
        return collects;
    }

    public void setCollects(Collects collects) {
        this.collects = collects;
    }
}
