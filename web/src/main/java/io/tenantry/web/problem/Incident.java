package io.tenantry.web.problem;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;

/**
 * The incident number that a user quotes when something failed: the request's id, which every log line of the request carries. Short enough to
 * be read out on the telephone; without characters that look alike.
 */
@RequestScoped
@Named
public class Incident {
    private static final String ATTRIBUTE = Incident.class.getName();
    private static final String LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";
    private static final int LENGTH = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    HttpServletRequest request;

    /** Returns the id of the current request. */
    public String getId() {
        return idOf(request);
    }

    /** Assigns the request its id. */
    public static String begin(ServletRequest request) {
        var id = new StringBuilder(LENGTH + 1);
        for (var i = 0; i < LENGTH; i++) {
            if (i == LENGTH / 2) {
                id.append('-');
            }
            id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        request.setAttribute(ATTRIBUTE, id.toString());
        return id.toString();
    }

    /** Returns the id that was assigned to the request. */
    public static String idOf(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String id ? id : "unknown";
    }
}
