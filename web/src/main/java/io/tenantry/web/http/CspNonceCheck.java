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
 * A phase listener that checks the nonce of a postback. PrimeFaces reuses the nonce that the postback carries, compares it only when the
 * response is rendered, and fails with a server error if it is missing or different. Here it is checked before any processing:
 *
 * <ul>
 *   <li>a postback that loads a new document receives a new nonce, whether or not it carries one: browsers without scripts send none;
 *   <li>an Ajax postback without the nonce of its document is rejected (400), since scripts in its response could not run there;
 *   <li>so is a postback that claims that its page is stateless.
 * </ul>
 */
public class CspNonceCheck implements PhaseListener {
    private static final long serialVersionUID = 1L;
    private static final String NONCE = "primefaces.nonce";

    /** The view state of a stateless view; each of our views has a state. */
    private static final String STATELESS = "stateless";

    @Override
    public PhaseId getPhaseId() {
        return PhaseId.RESTORE_VIEW;
    }

    /** Rejects postbacks that no page of ours sends before the view is restored: an error page for them would need the nonce too. */
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
     * Fixes the nonce of the request. Concurrent postbacks of one page share the map of its view. PrimeFaces compares the nonces on first
     * access, and keeps the result for the request: accessed here, before another postback can replace the nonce, the comparison does not fail.
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

    /** Returns whether the text has the format of PrimeFaces nonces. */
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
