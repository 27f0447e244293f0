package io.tenantry.web.layout;

import io.tenantry.web.http.HttpSessions;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;
import jakarta.servlet.http.HttpSession;
import java.util.Map;

/**
 * A phase listener that removes stale entries of discarded views. If a session has too many views, Mojarra destroys the map of one, but not the
 * entry with its context: a session would grow by some hundred bytes with every page that is opened.
 */
public class ViewStateCleanup implements PhaseListener {
    private static final long serialVersionUID = 1L;
    private static final String PAGES = "com.sun.faces.application.view.activeViewMaps";
    private static final String NOTES = "com.sun.faces.application.view.activeViewContexts";

    @Override
    public PhaseId getPhaseId() {
        return PhaseId.RENDER_RESPONSE;
    }

    @Override
    public void afterPhase(PhaseEvent event) {
        if (event.getFacesContext().getExternalContext().getSession(false) instanceof HttpSession session) {
            HttpSessions.kept(session, PAGES, Map.class)
                    .ifPresent(pages ->
                            HttpSessions.kept(session, NOTES, Map.class).ifPresent(notes -> forget(notes, pages)));
        }
    }

    /** Removes the entries of discarded views. A view is stored before its entry, so a concurrent request loses nothing. */
    static void forget(Map<?, ?> notes, Map<?, ?> pages) {
        notes.keySet().retainAll(pages.keySet());
    }
}
