package io.tenantry.web.layout;

import io.tenantry.web.http.HttpSessions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseId;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The messages of a page as a whole: errors where the page shows them ({@code app:refusal}), and all others as toasts. Each is shown once. */
@RequestScoped
@Named
public class PageMessages {
    private static final String NEXT = "tenantry.said";

    @Inject
    HttpServletRequest request;

    private @Nullable List<String> refusals;
    private @Nullable List<ToastMessage> passing;

    /**
     * A message that is shown as a toast.
     *
     * @param tone the tone of a toast: ok, warn or bad
     * @param undo the undo token; empty if there is none
     */
    public record ToastMessage(String tone, String text, String undo) implements Serializable {}

    /**
     * Stores a message for the next page. It does not use the flash scope of Faces, which passes it to the next request of any kind: an open
     * page that is notified of the change requests its parts before the browser requests the page that is to show it.
     */
    public static void next(HttpServletRequest request, ToastMessage toastMessage) {
        request.getSession().setAttribute(NEXT, toastMessage);
    }

    /** Returns the errors of the whole submission. */
    public List<String> getRefusals() {
        var known = refusals;
        if (known == null) {
            known = new ArrayList<>();
            for (var message : unshown()) {
                if (tone(message).equals("bad")) {
                    known.add(message.getSummary());
                    message.rendered();
                }
            }
            refusals = isRendering() ? known : null;
        }
        return known;
    }

    /** Returns the remaining messages; read at the end of the page. */
    public List<ToastMessage> getPassing() {
        var known = passing;
        if (known == null) {
            known = new ArrayList<>();
            for (var message : unshown()) {
                known.add(new ToastMessage(tone(message), message.getSummary(), ""));
                message.rendered();
            }
            fromBefore().ifPresent(known::add);
            passing = isRendering() ? known : null;
        }
        return known;
    }

    /** Returns the message stored for this page; a refresh of a part of an open page does not consume it. */
    private Optional<ToastMessage> fromBefore() {
        var session = request.getSession(false);
        if (!isRendering() || request.getHeader("X-Show") != null) {
            return Optional.empty();
        }
        return HttpSessions.taken(session, NEXT, ToastMessage.class);
    }

    private static List<FacesMessage> unshown() {
        if (!isRendering()) {
            return List.of(); // A repetition in the page also evaluates its rows before there are any messages.
        }
        return FacesContext.getCurrentInstance().getMessageList(null).stream()
                .filter(message -> !message.isRendered())
                .toList();
    }

    private static boolean isRendering() {
        return FacesContext.getCurrentInstance().getCurrentPhaseId() == PhaseId.RENDER_RESPONSE;
    }

    private static String tone(FacesMessage message) {
        var severity = message.getSeverity();
        if (severity == FacesMessage.SEVERITY_INFO) {
            return "ok";
        }
        return severity == FacesMessage.SEVERITY_WARN ? "warn" : "bad";
    }
}
