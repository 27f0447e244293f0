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

/**
 * What the page has to say of itself as a whole: what is wrong with it where it says so ({@code app:refusal}), and everything else in passing.
 * Each is said once.
 */
@RequestScoped
@Named
public class PageMessages {
    private static final String NEXT = "tenantry.said";

    @Inject
    HttpServletRequest request;

    private @Nullable List<String> refusals;
    private @Nullable List<Passing> passing;

    /**
     * Something said in passing.
     *
     * @param tone as of a toast: ok, warn or bad
     * @param undo the token of the way back; empty if there is none
     */
    public record Passing(String tone, String text, String undo) implements Serializable {}

    /**
     * Says something on the page that is shown next. Not by the flash of Faces, which hands it to whatever is asked next: an open page that
     * hears of what was done asks for its parts before the browser asks for the page that is to say it.
     */
    public static void next(HttpServletRequest request, Passing passing) {
        request.getSession().setAttribute(NEXT, passing);
    }

    /** What is wrong with the whole of what was sent. */
    public List<String> getRefusals() {
        var known = refusals;
        if (known == null) {
            known = new ArrayList<>();
            for (var message : unsaid()) {
                if (tone(message).equals("bad")) {
                    known.add(message.getSummary());
                    message.rendered();
                }
            }
            refusals = isRendering() ? known : null;
        }
        return known;
    }

    /** What is left to say; asked for at the end of the page. */
    public List<Passing> getPassing() {
        var known = passing;
        if (known == null) {
            known = new ArrayList<>();
            for (var message : unsaid()) {
                known.add(new Passing(tone(message), message.getSummary(), ""));
                message.rendered();
            }
            fromBefore().ifPresent(known::add);
            passing = isRendering() ? known : null;
        }
        return known;
    }

    /** What was to be said on the next page; a part that an open page asks for again is not that. */
    private Optional<Passing> fromBefore() {
        var session = request.getSession(false);
        if (!isRendering() || request.getHeader("X-Show") != null) {
            return Optional.empty();
        }
        return HttpSessions.taken(session, NEXT, Passing.class);
    }

    private static List<FacesMessage> unsaid() {
        if (!isRendering()) {
            return List.of(); // A repetition in the page also looks at its rows before there is anything to say.
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
