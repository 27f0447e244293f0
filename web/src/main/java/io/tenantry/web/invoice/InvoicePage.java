package io.tenantry.web.invoice;

import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.invoicing.DocumentKind;
import io.tenantry.invoicing.Documents;
import io.tenantry.paper.DocumentFiles;
import io.tenantry.text.DateText;
import io.tenantry.web.portal.CurrentOrganization;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One document, or the draft of one: of the organization that is named, else of that for which the member looks. */
@Named
@RequestScoped
public class InvoicePage {
    @Inject
    CurrentOrganization current;

    @Inject
    CurrentPerson me;

    @Inject
    Documents documents;

    @Inject
    DocumentFiles documentFiles;

    private @Nullable String id;
    private @Nullable String organization;
    private @Nullable String month;
    private Documents.@Nullable Paper paper;
    private @Nullable List<DocumentFiles.Format> files;

    /** Looks at it, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            var found = id == null ? draft() : documents.one(Visit.id("document", id));
            current.show(found.organizationId());
            paper = found;
        });
    }

    private Documents.Paper draft() {
        var whose = organization == null ? mine() : Visit.id("organization", organization);
        var wanted = month;
        return wanted == null ? documents.draft(whose) : documents.draft(whose, parsed(wanted));
    }

    private UUID mine() {
        return current.getId();
    }

    private static YearMonth parsed(String text) {
        return DateText.month(text).orElseThrow(() -> new NotVisible("draft", "of that month"));
    }

    /** Whether the member may say to whom documents are made out. */
    public boolean isBuyer() {
        return current.may(Permission.BILLING_MANAGE);
    }

    /** Once something is pressed on the page, parts of it are asked for before {@link #open}: then it is the document of the address. */
    public Documents.Paper getPaper() {
        var known = paper;
        if (known == null) {
            var parameters =
                    FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
            known = documents.one(Visit.id("document", parameters.get("id")));
            paper = known;
        }
        return known;
    }

    /** As what it can be had; none if it is a draft. */
    public List<DocumentFiles.Format> getFiles() {
        var known = files;
        if (known == null) {
            known = List.copyOf(documentFiles.formats(getPaper()));
            files = known;
        }
        return known;
    }

    /** Whether it is a document that was issued. */
    public boolean isIssued() {
        return paper != null && getPaper().issued().isPresent();
    }

    /** Whether staff may correct it. The use case asks again. */
    public boolean isCorrectable() {
        return me.may(Permission.STAFF_WALLETS_ADJUST)
                && getPaper()
                        .issued()
                        .filter(head -> head.kind() == DocumentKind.INVOICE
                                && !head.state().equals("VOID"))
                        .isPresent();
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public @Nullable String getOrganization() {
        return organization;
    }

    public void setOrganization(@Nullable String organization) {
        this.organization = organization;
    }

    public @Nullable String getMonth() {
        return month;
    }

    public void setMonth(@Nullable String month) {
        this.month = month;
    }
}
