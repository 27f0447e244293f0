package io.tenantry.web.settlement;

import io.tenantry.billing.tax.TaxCustomer.Status;
import io.tenantry.settlement.PlatformSellerSettings;
import io.tenantry.settlement.PlatformSellerSettings.DeclaredTaxStatus;
import io.tenantry.settlement.PlatformSellerSettings.Outcome;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.Countries;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tax status of a reseller towards the platform. */
@Named
@RequestScoped
public class ResellerTaxPage {
    @Inject
    PlatformSellerSettings settings;

    @Inject
    Format format;

    @Inject
    Countries countries;

    private String slug = "";
    private Status status = Status.CONSUMER;
    private String vatNumber = "";
    private String evidence = "";
    private @Nullable String text;

    /** Loads the status, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            settings.status(new TenantId(slug)).ifPresent(sellerStatus -> {
                status = sellerStatus.status();
                vatNumber = sellerStatus.vatNumber();
                evidence = sellerStatus.evidence();
            });
        });
    }

    /** Saves the status. */
    public void save() {
        var outcome = settings.note(new TenantId(slug), status, vatNumber, evidence);
        if (outcome instanceof Outcome.NoNumber) {
            PageResult.refuse("tax:number", format.text("settlement.status.number.missing"));
        } else if (outcome instanceof Outcome.Evidence) {
            PageResult.refuse("tax:evidence", format.text("tax.fault.evidence"));
        } else {
            PageResult.go("/admin/settlements/one?slug=" + slug, format.text("settlement.status.saved"));
        }
    }

    public Status[] getStatuses() {
        return Status.values();
    }

    /** Returns when the status takes effect, and the buyer on the latest invoice. */
    public String text(TenantId tenant) {
        var known = text;
        if (known == null) {
            known = settings.stated(tenant)
                    .map(this::statusText)
                    .orElseGet(() -> format.text("settlement.status.text"));
            text = known;
        }
        return known;
    }

    private String statusText(DeclaredTaxStatus known) {
        var key = known.vatNumber().isEmpty() ? "settlement.status.stated" : "settlement.status.stated.number";
        return format.text(
                key, known.number(), known.name() + ", " + countries.name(known.country()), known.vatNumber());
    }

    public String getSlug() {
        return slug;
    }

    public void setSlug(@Nullable String slug) {
        this.slug = Objects.requireNonNullElse(slug, "");
    }

    public Status getStatus() {
        return status;
    }

    public void setStatus(Status status) {
        this.status = status;
    }

    public String getVatNumber() {
        return vatNumber;
    }

    public void setVatNumber(@Nullable String vatNumber) {
        this.vatNumber = Objects.requireNonNullElse(vatNumber, "");
    }

    public String getEvidence() {
        return evidence;
    }

    public void setEvidence(@Nullable String evidence) {
        this.evidence = Objects.requireNonNullElse(evidence, "");
    }
}
