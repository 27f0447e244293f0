package io.tenantry.web.shell;

import jakarta.faces.application.FacesMessage;

/** That something was done which can be undone, with the token of the way back. */
final class Undoable extends FacesMessage {
    private static final long serialVersionUID = 1L;

    private final String token;

    Undoable(String done, String token) {
        super(SEVERITY_INFO, done, null);
        this.token = token;
    }

    String token() {
        return token;
    }
}
