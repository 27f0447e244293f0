package io.tenantry.web.security;

import io.tenantry.web.http.HttpSessions;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;
import jakarta.servlet.http.HttpSession;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A phase listener that limits the memory of opened pages. Mojarra keeps the same number of pages for every session, with what was typed; an
 * anonymous visitor needs few of them, and long texts must not be kept fifteen times. If more than half of the node's sessions are in use, each
 * keeps few. Discarded pages start again when they are submitted.
 */
public class OpenedPages implements PhaseListener {
    /** The number of pages kept before sign-in, and after a request with a long text. */
    static final int FEW = 3;

    /** The total length of a request's parameters beyond which its session keeps only {@link #FEW} pages. */
    static final int TYPED_MAX = 8 * 1024;

    /** The states of pages, with two steps each (web.xml). */
    static final String STATES = "com.sun.faces.renderkit.ServerSideStateHelper.LogicalViewMap";

    /** The beans of pages, of which {@code ViewStateCleanup} removes the other half. */
    static final String BEANS = "com.sun.faces.application.view.activeViewMaps";

    private static final long serialVersionUID = 1L;

    /** Any phase may complete the response, or fail: then nothing is rendered, but the bean of the page keeps what was typed. */
    @Override
    public PhaseId getPhaseId() {
        return PhaseId.ANY_PHASE;
    }

    @Override
    public void afterPhase(PhaseEvent event) {
        var context = event.getFacesContext().getExternalContext();
        if (context.getSession(false) instanceof HttpSession session) {
            limit(session, context.getRequestParameterValuesMap(), OpenedPages::isCrowded);
        }
    }

    private static boolean isCrowded() {
        return CDI.current().select(SignedInSessions.class).get().isCrowded();
    }

    /** Discards the pages used least recently, if the session, the parameters of its request or the number of sessions permit only few. */
    static void limit(HttpSession session, Map<String, String[]> parameters, BooleanSupplier isCrowded) {
        var isAnonymous = HttpSessions.kept(session, SessionReference.ATTRIBUTE).isEmpty();
        if (isAnonymous || typed(parameters.values()) > TYPED_MAX || isCrowded.getAsBoolean()) {
            HttpSessions.kept(session, STATES, Map.class).ifPresent(OpenedPages::keepFew);
            HttpSessions.kept(session, BEANS, Map.class).ifPresent(OpenedPages::keepFew);
        }
    }

    private static long typed(Collection<String[]> parameters) {
        return parameters.stream()
                .flatMap(Arrays::stream)
                .mapToLong(String::length)
                .sum();
    }

    /** Both maps are synchronized on themselves, and start with the page used least recently. */
    private static void keepFew(Map<?, ?> pages) {
        synchronized (pages) {
            var surplus = pages.size() - FEW;
            for (var oldest = pages.keySet().iterator(); surplus > 0; surplus--) {
                oldest.next();
                oldest.remove();
            }
        }
    }
}
