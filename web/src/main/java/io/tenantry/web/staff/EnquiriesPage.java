package io.tenantry.web.staff;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.Permission;
import io.tenantry.storefront.Enquiries;
import io.tenantry.storefront.Enquiries.Enquiry;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Addresses;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import io.tenantry.web.undo.Step;
import io.tenantry.web.undo.Undos;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What visitors wrote, and what was dealt with. */
@Named
@ViewScoped
public class EnquiriesPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;
    private static final String HERE = "/staff/enquiries";

    @Inject
    CurrentPerson me;

    @Inject
    Enquiries enquiries;

    @Inject
    Undos undos;

    @Inject
    Fmt fmt;

    private transient @Nullable List<Enquiry> all;

    /** Lets in who may see customers. */
    public void open() {
        Visit.look(() -> {
            if (!me.may(Permission.STAFF_CUSTOMERS_VIEW)) {
                throw new AccessDenied(Permission.STAFF_CUSTOMERS_VIEW);
            }
        });
    }

    /** Notes that one was dealt with. */
    public void done(UUID id) {
        var words = fmt.text("enquiries.was-done");
        enquiries
                .done(id)
                .ifPresentOrElse(
                        at -> Visit.go(HERE, words, undos.keep(new Step.EnquiryDone(id, at))),
                        () -> Visit.go(HERE, words));
    }

    /** Those that wait before the others. */
    public List<Enquiry> getAll() {
        var known = all;
        if (known == null) {
            known = enquiries.latest(SHOWN);
            all = known;
        }
        return known;
    }

    public boolean isManaged() {
        return me.may(Permission.STAFF_CUSTOMERS_MANAGE);
    }

    /** The address that opens an answer in the person's own mail program. */
    public String answer(Enquiry enquiry) {
        return "mailto:" + Addresses.part(enquiry.email()).replace("%40", "@") + "?subject="
                + Addresses.part("Re: " + enquiry.subject()).replace("+", "%20");
    }
}
