package io.tenantry.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseId;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page has to say of itself as a whole: what is wrong with it where it says so ({@code app:refusal}), and everything else in passing.
 * Each is said once.
 */
@RequestScoped
@Named
public class Said {
    private @Nullable List<String> refusals;
    private @Nullable List<Passing> passing;

    /**
     * Something said in passing.
     *
     * @param tone as of a toast: ok, warn or bad
     */
    public record Passing(String tone, String text) {}

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
                known.add(new Passing(tone(message), message.getSummary()));
                message.rendered();
            }
            passing = isRendering() ? known : null;
        }
        return known;
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
