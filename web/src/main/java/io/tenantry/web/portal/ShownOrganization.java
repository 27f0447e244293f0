package io.tenantry.web.portal;

import io.tenantry.people.identity.Access;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;
import jakarta.faces.event.SystemEvent;
import jakarta.faces.event.SystemEventListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/**
 * Binds each page of the portal to the organization that it shows. The session knows only one current organization: if it was switched in
 * another window, a form would otherwise be saved into an organization that it never showed. Such a form is not processed. It is shown again
 * with its input and the reason, and the portal returns to its organization, so that the person can submit it again.
 */
public class ShownOrganization implements PhaseListener, SystemEventListener {
    private static final long serialVersionUID = 1L;
    private static final String PORTAL = "/portal/";

    /** The attribute of the view with the id of the organization that it shows. */
    private static final String SHOWN = "tenantry.organization.shown";

    /** The attribute of the request with the reason why its form is not processed. */
    private static final String REASON = "tenantry.organization.reason";

    @Override
    public PhaseId getPhaseId() {
        return PhaseId.ANY_PHASE;
    }

    @Override
    public boolean isListenerForSource(Object source) {
        return source instanceof UIViewRoot;
    }

    /** Notes the organization when the page is first rendered: its metadata may have switched to the organization of its data. */
    @Override
    public void processEvent(SystemEvent event) {
        var view = (UIViewRoot) event.getSource();
        if (view.getViewId().startsWith(PORTAL)) {
            current().place().ifPresent(place -> view.getAttributes().putIfAbsent(SHOWN, place.organizationId()));
        }
    }

    @Override
    public void afterPhase(PhaseEvent event) {
        var faces = event.getFacesContext();
        if (faces.getResponseComplete() || faces.getViewRoot() == null || !faces.isPostback()) {
            return;
        }
        if (event.getPhaseId() == PhaseId.RESTORE_VIEW
                && faces.getViewRoot().getAttributes().get(SHOWN) instanceof UUID shown) {
            bind(faces, current(), shown);
        } else if (event.getPhaseId() == PhaseId.PROCESS_VALIDATIONS
                && faces.getAttributes().get(REASON) instanceof String reason) {
            // Not earlier: the input is read, so that the page shows it again; and not later: nothing is stored.
            PageResult.refuse(reason);
            faces.renderResponse();
        }
    }

    private static void bind(FacesContext faces, CurrentOrganization current, UUID shown) {
        var chosen = current.place();
        if (chosen.filter(place -> place.organizationId().equals(shown)).isPresent()) {
            return;
        }
        current.show(shown);
        var now = current.place();
        if (now.filter(place -> place.organizationId().equals(shown)).isEmpty()) {
            refuse(faces);
            return;
        }
        var format = CDI.current().select(Format.class).get();
        faces.getAttributes()
                .put(
                        REASON,
                        format.text(
                                "portal.switched",
                                chosen.map(Access.Membership::name).orElse(""),
                                now.map(Access.Membership::name).orElse("")));
    }

    /** The person no longer acts for the organization of the page. */
    private static void refuse(FacesContext faces) {
        try {
            faces.getExternalContext().responseSendError(HttpServletResponse.SC_FORBIDDEN, null);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        faces.responseComplete();
    }

    private static CurrentOrganization current() {
        return CDI.current().select(CurrentOrganization.class).get();
    }
}
