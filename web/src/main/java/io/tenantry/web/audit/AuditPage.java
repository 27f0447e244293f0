package io.tenantry.web.audit;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.AuditReview;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.table.Table;
import io.tenantry.web.table.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who did what here, the newest first; and whether the record is whole. For staff and for operators, each of their own. */
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
    Fmt fmt;

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

    /** What the record tells, in reading form. */
    public String factsOf(AuditTrail.Entry entry) {
        return AuditColumns.facts(entry);
    }

    /** Checks every record's seal. */
    public void verify() {
        var fault = review.verifyChain();
        var message = fault.map(found -> new FacesMessage(
                        FacesMessage.SEVERITY_ERROR, fmt.text("trail.broken." + found.reason(), found.seq()), null))
                .orElseGet(() -> new FacesMessage(FacesMessage.SEVERITY_INFO, fmt.text("trail.whole"), null));
        FacesContext.getCurrentInstance().addMessage(null, message);
    }
}
