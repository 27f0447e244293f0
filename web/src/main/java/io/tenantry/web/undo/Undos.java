package io.tenantry.web.undo;

import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** What the person who is signed in may undo. */
@RequestScoped
public class Undos {
    private static final String SHELF = "tenantry.undo";

    @Inject
    HttpServletRequest request;

    @Inject
    CurrentPerson me;

    @Inject
    Clock clock;

    /** Keeps the way back from what was just done; what it returns goes with the words that say so ({@code Visit.go}). */
    public String keep(UndoAction undoAction) {
        return shelf().put(undoAction, personId(), clock.instant());
    }

    /** The way back that a page offered, once. */
    public Optional<UndoAction> take(String token) {
        return shelf().take(token, personId(), clock.instant());
    }

    private UUID personId() {
        return me.person()
                .orElseThrow(() -> new IllegalStateException("only who is signed in does things"))
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
