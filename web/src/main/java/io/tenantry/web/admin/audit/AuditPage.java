package io.tenantry.web.admin.audit;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.AuditReview;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit trail, the newest first, and the check of its integrity. Staff and operators each see their own. */
@Named
@RequestScoped
public class AuditPage {
    @Inject
    AuditReview review;

    @Inject
    CurrentPerson me;

    @Inject
    AuditColumns columns;

    @Inject
    Tables tables;

    @Inject
    Format format;

    private @Nullable Table<AuditTrail.Entry> table;

    public Table<AuditTrail.Entry> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "audit",
                    me.getHome() + "/audit",
                    List.of(AuditTrail.SUBJECT),
                    columns.columns(),
                    columns.filters(),
                    review::find);
            table = known;
        }
        return known;
    }

    /** Returns the action of a record in words. */
    public String actionOf(AuditTrail.Entry entry) {
        return columns.action(entry);
    }

    /** Returns the facts of a record as readable text. */
    public String factsOf(AuditTrail.Entry entry) {
        return AuditColumns.facts(entry);
    }

    /** Verifies the seal of every record. */
    public void verify() {
        var fault = review.verifyChain();
        var message = fault.map(found -> new FacesMessage(
                        FacesMessage.SEVERITY_ERROR, format.text("trail.broken." + found.reason(), found.seq()), null))
                .orElseGet(() -> new FacesMessage(FacesMessage.SEVERITY_INFO, format.text("trail.whole"), null));
        FacesContext.getCurrentInstance().addMessage(null, message);
    }
}
