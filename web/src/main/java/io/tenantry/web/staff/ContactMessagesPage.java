package io.tenantry.web.staff;

import io.tenantry.brand.storefront.ContactMessages;
import io.tenantry.brand.storefront.ContactMessages.ContactMessage;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.undo.UndoAction;
import io.tenantry.web.undo.UndoActions;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages of visitors, and which of them were handled. */
@Named
@ViewScoped
public class ContactMessagesPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;
    private static final String HERE = "/staff/contact-messages";

    @Inject
    CurrentPerson me;

    @Inject
    ContactMessages contactMessages;

    @Inject
    UndoActions undoActions;

    @Inject
    Format format;

    private transient @Nullable List<ContactMessage> all;

    /** Checks that the user may view customers. */
    public void open() {
        PageResult.load(() -> {
            if (!me.may(Permission.STAFF_CUSTOMERS_VIEW)) {
                throw new AccessDeniedException(Permission.STAFF_CUSTOMERS_VIEW);
            }
        });
    }

    /** Marks a message as handled. */
    public void done(UUID id) {
        var words = format.text("contact-messages.was-done");
        contactMessages
                .done(id)
                .ifPresentOrElse(
                        at -> PageResult.go(
                                HERE, words, undoActions.keep(new UndoAction.ContactMessageResolved(id, at))),
                        () -> PageResult.go(HERE, words));
    }

    /** Returns all messages, open ones first. */
    public List<ContactMessage> getAll() {
        var known = all;
        if (known == null) {
            known = contactMessages.latest(SHOWN);
            all = known;
        }
        return known;
    }

    public boolean isManaged() {
        return me.may(Permission.STAFF_CUSTOMERS_MANAGE);
    }

    /** Returns the link that opens a reply in the user's email program. */
    public String answer(ContactMessage contactMessage) {
        return "mailto:" + QueryParameters.part(contactMessage.email()).replace("%40", "@") + "?subject="
                + QueryParameters.part("Re: " + contactMessage.subject()).replace("+", "%20");
    }
}
