package io.tenantry.web.http;

import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;
import jakarta.faces.render.ResponseStateManager;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.primefaces.context.PrimeFacesContext;

/**
 * The nonce of a page that is posted. PrimeFaces reuses the one that the post brings along, compares it only when the answer
 * is rendered, and fails with an error of ours if it is missing or another one. Here it is looked at before anything is done:
 *
 * <ul>
 *   <li>a post that loads a new document gets a new nonce, whatever it brought: browsers without scripts bring none;
 *   <li>an Ajax post that does not bring the nonce of its document is refused (400), since scripts that it is answered with
 *       could not run there;
 *   <li>so is a post that claims that its page has no state.
 * </ul>
 */
public class CspNonceCheck implements PhaseListener {
    private static final long serialVersionUID = 1L;
    private static final String NONCE = "primefaces.nonce";

    /** The state of a view that has none; each of ours has one. */
    private static final String STATELESS = "stateless";

    @Override
    public PhaseId getPhaseId() {
        return PhaseId.RESTORE_VIEW;
    }

    /** What no page of ours sends is refused before a view is looked for: an error page that answers it would need the nonce too. */
    @Override
    public void beforePhase(PhaseEvent event) {
        var faces = event.getFacesContext();
        if (faces.getExternalContext().getRequestMap().containsKey(RequestDispatcher.ERROR_STATUS_CODE)) {
            return;
        }
        var sent = faces.getExternalContext().getRequestParameterMap();
        var isForged = STATELESS.equals(sent.get(ResponseStateManager.VIEW_STATE_PARAM));
        if (isForged || (faces.getPartialViewContext().isAjaxRequest() && !isNonce(sent.get(NONCE)))) {
            refuse(faces);
        }
    }

    @Override
    public void afterPhase(PhaseEvent event) {
        var faces = event.getFacesContext();
        if (faces.getResponseComplete() || faces.getViewRoot() == null) {
            return;
        }
        var isAjax = faces.getPartialViewContext().isAjaxRequest();
        if (isAjax || faces.isPostback()) {
            var shared = faces.getViewRoot().getViewMap(!isAjax);
            synchronized (shared == null ? faces : shared) {
                settle(faces, isAjax);
            }
        }
    }

    /**
     * Several posts of one page at the same time share the map of its view. PrimeFaces compares the nonces when it is first asked for them, and keeps
     * the outcome for the request: asked here, before another post can put its own in place, it does not fail.
     */
    private static void settle(FacesContext faces, boolean isAjax) {
        if (isAjax && !isOfItsDocument(faces)) {
            refuse(faces);
            return;
        }
        if (!isAjax) {
            renew(faces);
        }
        PrimeFacesContext.getCspState(faces).getNonce();
    }

    private static boolean isOfItsDocument(FacesContext faces) {
        @Nullable
        String brought = faces.getExternalContext().getRequestParameterMap().get(NONCE);
        var known = faces.getViewRoot().getViewMap(false) == null
                ? null
                : faces.getViewRoot().getViewMap(false).get(NONCE);
        return known == null ? isNonce(brought) : known.equals(brought);
    }

    /** Whether it is of the form that PrimeFaces makes. */
    static boolean isNonce(@Nullable String text) {
        if (text == null) {
            return false;
        }
        try {
            var decoded = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
            return UUID.fromString(decoded).toString().equals(decoded);
        } catch (IllegalArgumentException other) {
            return false;
        }
    }

    private static void renew(FacesContext faces) {
        var nonce =
                Base64.getEncoder().encodeToString(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
        faces.getViewRoot().getViewMap(true).put(NONCE, nonce);
        var external = faces.getExternalContext();
        external.setRequest(new HttpServletRequestWrapper((HttpServletRequest) external.getRequest()) {
            @Override
            public @Nullable String getParameter(String name) {
                return NONCE.equals(name) ? nonce : super.getParameter(name);
            }
        });
    }

    private static void refuse(FacesContext faces) {
        try {
            faces.getExternalContext().responseSendError(HttpServletResponse.SC_BAD_REQUEST, null);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        faces.responseComplete();
    }
}
