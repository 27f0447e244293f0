package io.tenantry.web.push;

import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;

/**
 * A phase listener that removes the views of pages that are requested again only to refresh parts of them: otherwise a page that is open for
 * long would displace those whose forms are being filled in.
 */
public class PartialRefreshCleanup implements PhaseListener {
    private static final long serialVersionUID = 1L;

    @Override
    public PhaseId getPhaseId() {
        return PhaseId.RENDER_RESPONSE;
    }

    @Override
    public void beforePhase(PhaseEvent event) {
        var faces = event.getFacesContext();
        if (isForParts(faces) && !faces.isPostback() && faces.getViewRoot() != null) {
            faces.getViewRoot().setTransient(true);
        }
    }

    private static boolean isForParts(FacesContext faces) {
        return "parts".equals(faces.getExternalContext().getRequestHeaderMap().get("X-Show"));
    }
}
