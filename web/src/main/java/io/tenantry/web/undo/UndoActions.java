package io.tenantry.web.undo;

import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** The undo actions of the signed-in person. */
@RequestScoped
public class UndoActions {
    private static final String SHELF = "tenantry.undo";

    @Inject
    HttpServletRequest request;

    @Inject
    CurrentPerson me;

    @Inject
    Clock clock;

    /** Stores the undo action of what was just done; the returned token is passed with the confirmation ({@code PageResult.go}). */
    public String keep(UndoAction undoAction) {
        return shelf().put(undoAction, personId(), clock.instant());
    }

    /** Removes and returns an undo action that a page offered. */
    public Optional<UndoAction> take(String token) {
        return shelf().take(token, personId(), clock.instant());
    }

    private UUID personId() {
        return me.person()
                .orElseThrow(() -> new IllegalStateException("no signed-in person"))
                .personId();
    }

    private UndoStack shelf() {
        var session = request.getSession();
        if (session.getAttribute(SHELF) instanceof UndoStack known) {
            return known;
        }
        var fresh = new UndoStack();
        session.setAttribute(SHELF, fresh);
        return fresh;
    }
}
