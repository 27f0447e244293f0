package io.tenantry.web.layout;

import io.tenantry.web.http.HttpSessions;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;
import jakarta.servlet.http.HttpSession;
import java.util.Map;

/**
 * When a page is one too many, Mojarra destroys what it kept, but not its note of where that was: a session would grow by some hundred
 * bytes with every page that is opened. Whatever is noted of pages that are not kept is forgotten here.
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

    /** A page is kept before anything is noted of it, so a request beside this one loses nothing. */
    static void forget(Map<?, ?> notes, Map<?, ?> pages) {
        notes.keySet().retainAll(pages.keySet());
    }
}
