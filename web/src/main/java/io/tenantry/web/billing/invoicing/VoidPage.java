package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.CreditNotes;
import io.tenantry.billing.invoicing.Voids;
import io.tenantry.billing.invoicing.Voids.Outcome;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.billing.approval.AdjustmentLabels;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The voiding of an invoice. The credit note's id is generated with the page, so that a form that is sent twice creates one document. */
@Named
@ViewScoped
public class VoidPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Voids voids;

    @Inject
    Format format;

    @Inject
    AdjustmentLabels adjustmentLabels;

    private final UUID noteId = UUID.randomUUID();
    private @Nullable String parameter;
    private @Nullable UUID invoiceId;
    private String number = "";
    private String left = "";
    private String whole = "";
    private boolean isHeld;
    private boolean isGross;
    private boolean isMixed;
    private boolean isAnythingLeft;
    private String reason = "";

    /** Loads the invoice, if it may be voided. */
    public void open() {
        PageResult.load(() -> {
            var id = PageResult.id("document", parameter);
            var offer = voids.offer(id);
            number = offer.invoice().number();
            left = format.money(offer.left());
            isGross = offer.isGross();
            isMixed = offer.isMixed();
            whole = format.money(offer.whole());
            isHeld = offer.isHeld();
            isAnythingLeft = offer.whole().isPositive();
            invoiceId = id;
        });
    }

    /** Voids the invoice, or requests the approval. */
    public void issue() {
        var outcome = voids.issue(noteId, known(), reason);
        if (outcome instanceof Outcome.Done done) {
            PageResult.go("/staff/invoice?id=" + done.creditNote(), format.text("void.done", number));
        } else if (outcome instanceof Outcome.Waiting waiting) {
            PageResult.go("/staff/approval?id=" + waiting.adjustment(), format.text("approval.waits"));
        } else if (outcome instanceof Outcome.RequestClosed requestClosed) {
            PageResult.refuse(format.text("adjustment.over", adjustmentLabels.state(requestClosed.state())));
        } else if (outcome instanceof Outcome.AlreadyRequested already) {
            PageResult.refuse(format.text("correction.already", format.money(already.total())));
        } else if (outcome instanceof Outcome.AlreadyVoid) {
            PageResult.refuse(format.text("void.before"));
        } else if (outcome instanceof Outcome.Nothing) {
            PageResult.refuse(format.text("void.nothing"));
        } else if (outcome instanceof Outcome.Reason) {
            PageResult.refuse("void:reason", format.text("credit.reason.fault", CreditNotes.REASON_MAX));
        }
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public @Nullable UUID getInvoiceId() {
        return invoiceId;
    }

    public String getNumber() {
        return number;
    }

    /** Returns the amount of its lines that is not credited yet. */
    public String getLeft() {
        return left;
    }

    /** Returns the amount that is credited to the wallet, including tax. */
    public String getWhole() {
        return whole;
    }

    /** Whether approval by another member of staff is required. */
    public boolean isHeld() {
        return isHeld;
    }

    /** Whether some amounts include tax and others do not. */
    public boolean isMixed() {
        return isMixed;
    }

    /** Whether that amount includes tax. */
    public boolean isGross() {
        return isGross;
    }

    public boolean isAnythingLeft() {
        return isAnythingLeft;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "");
    }

    private UUID known() {
        if (invoiceId == null) {
            throw new NotFoundException("document", "to be made void");
        }
        return invoiceId;
    }
}
